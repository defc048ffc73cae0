import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { LiveSegment } from "../../../cli/cloud/inventory";
import { releaseCommand } from "../../../cli/orphans/remedies";

const folder = mkdtempSync(join(tmpdir(), "eip-segment-release-"));
const calls = join(folder, "calls");

beforeAll(() => {
  const aliyun = join(folder, "aliyun");
  writeFileSync(aliyun, `#!/bin/sh\nprintf '%s\\n' "$@" >> '${calls}'\n`);
  chmodSync(aliyun, 0o755);
});

beforeEach(() => {
  writeFileSync(calls, "");
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const segment = (segmentId: string): LiveSegment => ({
  ...{ segmentId, regionId: "cn-hangzhou", status: "Allocated", cidrBlock: "203.0.113.0/28", owners: [] },
  eips: [
    {
      allocationId: "eip-1",
      ipAddress: "203.0.113.0",
      status: "Available",
      deletionProtection: false,
      tags: {},
    },
  ],
});

/** Runs the release command with a stand-in for the vendor's command line, and types an answer. */
function run(segmentId: string, answer: string) {
  const { stdout } = spawnSync("sh", ["-c", releaseCommand(segment(segmentId)) ?? ""], {
    encoding: "utf8",
    input: `${answer}\n`,
    env: { PATH: `${folder}:${process.env.PATH ?? ""}` },
  });
  return { asked: stdout, called: readFileSync(calls, "utf8").trim().split("\n") };
}

describe("the release command", () => {
  it("says what is given up and releases once the id is typed", () => {
    const { asked, called } = run("eipsg-1", "eipsg-1");
    expect(asked).toBe(
      "This releases eipsg-1, 203.0.113.0/28 with 1 addresses. Nothing guarantees that you get them back. Type its id to continue: ",
    );
    expect(called).toEqual([
      ...["vpc", "ReleaseEipSegmentAddress"],
      ...["--RegionId", "cn-hangzhou", "--SegmentInstanceId", "eipsg-1"],
    ]);
  });

  it.each(["", "y", "eipsg-2"])("releases nothing when %j is typed", (answer) => {
    expect(run("eipsg-1", answer).called).toEqual([""]);
  });

  it("runs nothing that an id may smuggle in", () => {
    const id = "eipsg-'$(touch hacked)`;";
    expect(run(id, id).called.at(-1)).toBe(id);
  });
});
