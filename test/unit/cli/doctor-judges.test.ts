import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

import { permissions, quotaCheck } from "../../../cli/doctor/account-checks";
import { checkClock } from "../../../cli/doctor/connection-checks";
import { reach } from "../../../cli/doctor/reachability";
import { checkNode, checkPackage, checkSdk } from "../../../cli/doctor/software";
import { supported } from "../../../cli/doctor/supported";

const repository = join(__dirname, "..", "..", "..");
const text = (...path: string[]): string => readFileSync(join(repository, ...path), "utf8");

describe("what is supported", () => {
  it("is what docs/support.md says", () => {
    const page = text("docs", "support.md");
    const [first, second, third] = supported.node;
    expect(page).toMatch(new RegExp(`\\| Node\\.js +\\| ${first}, ${second} and ${third} `));
    expect(page).toMatch(new RegExp(`\\| Pulumi CLI +\\| ${supported.pulumi} and later 3\\.x `));
  });

  it("is what package.json asks for", () => {
    const { engines, peerDependencies } = JSON.parse(text("package.json")) as Record<string, object>;
    expect(engines).toEqual({ node: `>=${supported.node[0]}` });
    expect(peerDependencies).toEqual({ "@pulumi/pulumi": `^${supported.pulumi}` });
  });
});

it("every permission of the first policy of docs/permissions.md is checked", () => {
  const policy = /^```json\n(.*?)^```$/ms.exec(text("docs", "permissions.md"))?.[1] ?? "";
  const { Statement } = JSON.parse(policy) as { Statement: { Action: string[] }[] };
  expect(permissions.map(({ action }) => `vpc:${action}`).sort()).toEqual(Statement[0]?.Action.sort());
});

it.each([
  ["18.20.0", "failed"],
  ["20.1.0", "ok"],
  ["23.0.0", "warning"],
  ["24.9.1", "ok"],
  ["26.0.0", "warning"],
])("Node.js %s is %s", (version, status) => {
  expect(checkNode(version).status).toBe(status);
});

it.each([
  ["3.215.9", "failed"],
  ["3.216.0", "ok"],
  ["3.1000.0", "ok"],
  ["4.0.0", "failed"],
  [undefined, "warning"],
])("an SDK of version %s is %s", (version, status) => {
  expect(checkSdk(version).status).toBe(status);
});

it("a program that uses another version of this package is a warning", () => {
  expect(checkPackage("1.0.0", "1.0.0").status).toBe("ok");
  expect(checkPackage("1.0.0", undefined).status).toBe("ok");
  expect(checkPackage("1.0.0", "0.9.0").status).toBe("warning");
});

describe("the clock", () => {
  it.each([
    [400, "ok", "0.4 s behind"],
    [-59_000, "ok", "59.0 s ahead of"],
    [61_000, "warning", "61.0 s behind"],
    [-901_000, "failed", "901.0 s ahead of"],
  ])("off by %d ms is %s", (clockOffsetMs, status, words) => {
    const clock = checkClock({ steps: [], clockOffsetMs });
    expect(clock.status).toBe(status);
    expect(clock.finding).toContain(words);
  });

  it("is not judged without the server's", () => {
    expect(checkClock({ steps: [] }).status).toBe("not tried");
    expect(checkClock(new Error("unreachable")).status).toBe("not tried");
  });

  it("is compared by the Date header of the endpoint", async () => {
    const server = createServer((_, response) => {
      response.writeHead(404, { date: new Date(Date.now() + 120_000).toUTCString() }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const { clockOffsetMs = 0, steps } = await reach(`http://127.0.0.1:${port}`);
    server.close();
    expect(Math.abs(clockOffsetMs - 120_000)).toBeLessThan(1_500);
    expect(steps.map(({ name }) => name)).toEqual(["connection", "response"]);
  });
});

describe("the quota", () => {
  const reply = (Quota: object) => quotaCheck({ kind: "reply", body: { Quota } });

  it("is good for a segment, or is not", () => {
    expect(reply({ TotalQuota: 40, TotalUsage: 24 })).toMatchObject({
      status: "ok",
      finding: "16 of 40 EIPs left.",
    });
    expect(reply({ TotalQuota: 20, TotalUsage: 16 }).status).toBe("warning");
  });

  it("is no failure where the Quota Center does not tell it", () => {
    expect(reply({}).status).toBe("not tried");
    expect(quotaCheck({ kind: "none", reason: "the host name is unknown", sent: false }).status).toBe(
      "not tried",
    );
  });
});
