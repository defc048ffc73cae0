import { createHash } from "node:crypto";

import { OpenApiUtil } from "@alicloud/openapi-core";

import { codeOf } from "./support/raw-call";
import { useSimulator } from "./support/use-simulator";

const context = useSimulator();

type SignedRequest = Parameters<typeof OpenApiUtil.getAuthorization>[0];

interface Changes {
  /** Headers that are signed. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Headers that are left out, also from the signature. */
  readonly without?: readonly string[];
  /** Headers that are added after signing. */
  readonly unsigned?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Sends a V3 request signed by the official SDK's function. */
async function send({ headers: added, without = [], unsigned, body = "" }: Changes): Promise<Response> {
  const sha256 = createHash("sha256").update(body).digest("hex");
  const headers: Record<string, string> = {
    host: new URL(context.simulator.endpoint).host,
    "x-acs-action": "DescribeRegions",
    "x-acs-version": "2016-04-28",
    "x-acs-date": context.clock.timestamp(),
    "x-acs-signature-nonce": OpenApiUtil.getNonce(),
    "x-acs-content-sha256": sha256,
    ...added,
  };
  const signed = Object.fromEntries(Object.entries(headers).filter(([name]) => !without.includes(name)));
  const query = { AcceptLanguage: "en-US" };
  const signature = OpenApiUtil.getAuthorization(
    Object.assign(Object.create(null) as SignedRequest, {
      method: "POST",
      pathname: "/",
      query,
      headers: signed,
    }),
    "ACS3-HMAC-SHA256",
    sha256,
    "simulator-access-key-id",
    "simulator-access-key-secret",
  );
  return fetch(`${context.simulator.endpoint}/?${new URLSearchParams(query).toString()}`, {
    method: "POST",
    headers: { accept: "application/json", authorization: signature, ...signed, ...unsigned },
    body: body === "" ? null : body,
  });
}

test("a V3 request needs no RPC parameters and gets JSON", async () => {
  const response = await send({});
  expect(response.headers.get("content-type")).toBe("application/json;charset=utf-8");
  expect(await response.json()).toHaveProperty("Regions.Region.0.LocalName", "China (Qingdao)");
});

test("a V3 request that accepts only XML gets XML", async () => {
  const response = await send({ unsigned: { accept: "application/xml" } });
  expect(await response.text()).toContain("<DescribeRegionsResponse>");
});

test("the hash of the body is part of the signature", async () => {
  expect((await send({ body: "anything" })).status).toBe(200);
  const wrong = { "x-acs-content-sha256": createHash("sha256").update("else").digest("hex") };
  expect(await send({ unsigned: wrong }).then(codeOf)).toBe("400 SignatureDoesNotMatch");
});

test.each<[string, Changes, string]>([
  ["an x-acs header that is not signed", { unsigned: { "x-acs-extra": "1" } }, "400 IncompleteSignature"],
  ["an unsigned host", { without: ["host"] }, "400 IncompleteSignature"],
  ["a malformed header", { unsigned: { authorization: "ACS3-HMAC-SHA256 x" } }, "400 IncompleteSignature"],
  ["no date", { without: ["x-acs-date"] }, "400 MissingTimestamp"],
  ["no nonce", { without: ["x-acs-signature-nonce"] }, "400 MissingSignatureNonce"],
  ["an old date", { headers: { "x-acs-date": "2025-01-01T00:00:00Z" } }, "400 InvalidTimeStamp.Expired"],
  ["a wrong date", { headers: { "x-acs-date": "yesterday" } }, "400 InvalidTimeStamp.Format"],
  ["no action", { without: ["x-acs-action"] }, "400 MissingAction"],
  ["no version", { without: ["x-acs-version"] }, "400 MissingVersion"],
  ["an unknown action", { headers: { "x-acs-action": "RunInstances" } }, "404 InvalidApi.NotFound"],
  [
    "a header changed after signing",
    { unsigned: { "x-acs-signature-nonce": "n" } },
    "400 SignatureDoesNotMatch",
  ],
])("the gateway refuses %s", async (_what, changes, answer) => {
  expect(await send(changes).then(codeOf)).toBe(answer);
});

test("a nonce is shared by both signature versions of a key", async () => {
  await context.call("DescribeRegions", { SignatureNonce: "same" });
  const again = await send({ headers: { "x-acs-signature-nonce": "same" } });
  expect(await codeOf(again)).toBe("400 SignatureNonceUsed");
});
