import { inspect } from "node:util";
import { createApiClient } from "../../../provider/client/api-client";
import { PopTransport } from "../../../provider/client/pop-transport";
import { EipSegmentError } from "../../../provider/util/errors";
import { VirtualClock } from "../../support/virtual-clock";
import { replyJson, startTestServer } from "./support/test-server";

const CREDENTIALS = {
  accessKeyId: "LTAI5tSecretKeyId",
  accessKeySecret: "AbCd/EfGh+SecretKeySecret=",
  securityToken: "CAISsecretTokenXyz",
};

const SECRETS = Object.values(CREDENTIALS).flatMap((secret) => [
  secret,
  encodeURIComponent(secret),
  encodeURIComponent(encodeURIComponent(secret)),
]);

/** Everything a program, the engine or a logger might print of an error. */
const printed = (error: Error): string =>
  [
    error.message,
    error.stack,
    String(error),
    JSON.stringify(error),
    inspect(error, { depth: null, showHidden: true }),
    JSON.stringify(Object.getOwnPropertyNames(error).map((name) => Reflect.get(error, name) as unknown)),
  ].join("\n");

type Handler = Parameters<typeof startTestServer>[0];

/** Servers that answer with what they were sent, in every way that ends in an error. */
const LEAKY: readonly [string, Handler][] = [
  [
    "a signature error that quotes the request",
    (response) => {
      const message = `Specified signature is not matched with our calculation. server string to sign is:${SECRETS.join("&")}`;
      replyJson(response, 400, { Code: "SignatureDoesNotMatch", Message: message, RequestId: "R1" });
    },
  ],
  [
    "an unknown code that quotes the request",
    (response) => {
      replyJson(response, 400, {
        Code: "Some.Code",
        Message: `You sent ${SECRETS.join(" ")}`,
        RequestId: "R1",
      });
    },
  ],
  [
    "a code that is the request",
    (response) => {
      replyJson(response, 400, { Code: CREDENTIALS.accessKeyId, Message: "no", RequestId: "R1" });
    },
  ],
  [
    "a gateway's page that quotes the request",
    (response) => {
      response.writeHead(502).end(`<html>${SECRETS.join(" ")}</html>`);
    },
  ],
  [
    "a reply that lacks a field",
    (response) => {
      replyJson(response, 200, { EipSegmentInstanceId: { secrets: SECRETS } });
    },
  ],
  ["a closed connection", (response) => response.destroy()],
  [
    "half an answer",
    (response) => {
      response.writeHead(200, { "content-length": "9999" });
      response.write(SECRETS.join(" "), () => response.destroy());
    },
  ],
  ["no answer at all", () => undefined],
];

describe("errors of the client", () => {
  it.each(LEAKY)("hold no key, secret, token or signature after %s", async (_, handler) => {
    const server = await startTestServer(handler);
    const clock = new VirtualClock();
    const api = createApiClient({
      transport: new PopTransport({ readTimeoutMs: 100 }),
      clock,
      credentials: { getCredentials: () => Promise.resolve(CREDENTIALS), renew: () => undefined },
      endpoint: () => ({ url: server.url, changedBy: "alicloud:endpoints" }),
    });
    const request = { regionId: "cn-hangzhou", eipMask: 28, clientToken: "token-1" };
    const error = await api
      .allocateEipSegmentAddress(request, { deadline: clock.now() })
      .catch((reason: unknown) => reason);
    const [signature = "", nonce = ""] = ["Signature", "SignatureNonce"].map(
      (name) => server.seen[0]?.form.get(name) ?? "",
    );
    await server.close();
    expect(error instanceof EipSegmentError).toBe(true);
    const text = printed(error as Error);
    expect(signature.length * nonce.length).toBeGreaterThan(0);
    for (const secret of [...SECRETS, signature, encodeURIComponent(signature), nonce]) {
      expect(text).not.toContain(secret);
    }
  });

  it("have their message as their stack, and no cause", async () => {
    const server = await startTestServer((response) => response.destroy());
    const clock = new VirtualClock();
    const api = createApiClient({
      clock,
      credentials: { getCredentials: () => Promise.resolve(CREDENTIALS), renew: () => undefined },
      endpoint: () => ({ url: server.url, changedBy: "alicloud:endpoints" }),
    });
    const error = (await api
      .describeEipSegment({ regionId: "cn-hangzhou" }, { deadline: clock.now() })
      .catch((reason: unknown) => reason)) as Error;
    await server.close();
    expect(error.stack).toBe(error.message);
    expect(error.cause).toBeUndefined();
  });
});
