import { useCloud } from "./support/cloud";
import { DeclaredSegment } from "./support/declared-segment";
import type { Written } from "./support/declared-segment";

const cloud = useCloud();
const requestId = "RequestId [0-9A-F]{8}-[0-9A-F-]{27}";
const always = 1000;

/**
 * What `pulumi up` prints when AllocateEipSegmentAddress is refused for good: one code for each class, and those that take a way of
 * their own. The text of every code is in docs/errors.md, its class in the unit test of the catalogue.
 */
const refusedAllocations: [code: string, cause: string, remedy: string][] = [
  ["Forbidden.AllocateEipSegmentAddress", "closed to new users since 2024-08-06", "public IP address pool"],
  ["QuotaExceeded.Eip", "EIP quota does not cover a segment of this size", "eip_quota_instances_num"],
  ["InvalidParameter", "does not accept a value", "internetChargeType is PayByBandwidth"],
  ["IllegalParam.EipMask", "mask is not valid", "24 .256 addresses. to 28"],
  ["InvalidRegionId.NotFound", "region does not exist", "Correct regionId"],
  ["InstanceExist.EipSegment", "exists already", "adopt"],
  ["ReserveIpFail", "service behind the API failed", "ticket"],
  ["FrequentPurchase.EIP", "blocked for one hour", "after that hour"],
  ["Forbidden.RAM", "lack a permission", "vpc:AllocateEipSegmentAddress"],
  ["SignatureDoesNotMatch", "secret does not belong", "alicloud:secretKey"],
  ["InvalidTimeStamp.Expired", "too far from the server's", "Set this machine's clock"],
  ["InvalidSecurityToken.Expired", "temporary credentials have expired", "new temporary credentials"],
  ["MissingParameter", "does not accept the request", "Report this"],
  ["Never.Heard.Of.It", "Never.Heard.Of.It", "https://api.aliyun.com/troubleshoot\\?q=Never.Heard.Of.It"],
];

describe("an up that the cloud refuses says why and what to do, and holds nothing", () => {
  it.each(refusedAllocations)("%s", async (code, cause, remedy) => {
    const segment = new DeclaredSegment(cloud);
    cloud.simulator.addFault({ kind: "error", code, action: "AllocateEipSegmentAddress", times: always });
    const said = await segment.up({ eipMask: 28 }).then(
      () => "",
      (error: unknown) => (error as Error).message,
    );
    expect(said).toMatch(
      new RegExp(
        `^Allocating the segment failed.* \\(cn-hangzhou.*\\): .*${cause}.* .*${remedy}.*\\[${code}, ${requestId}\\]`,
      ),
    );
    expect(said).not.toContain("\n");
    expect(segment.id).toBeUndefined();
    expect(cloud.simulator.segments()).toEqual([]);
  });
});

const passing = [
  "Throttling.User",
  "ServiceUnavailable",
  "LastTokenProcessing",
  "IncorrectStatus.Eip",
  "SignatureNonceUsed",
];

describe("an up survives what passes by itself, with one token and one segment", () => {
  it.each([...passing, "FrequentPurchase.EIP", "ReserveIpFail", "InvalidTimeStamp.Expired"])(
    "%s",
    async (code) => {
      const segment = new DeclaredSegment(cloud);
      cloud.simulator.addFault({ kind: "error", code, action: "AllocateEipSegmentAddress" });
      await segment.up({ eipMask: 28 });
      expect(segment.id).toBe(cloud.segment.id);
      const tokens = cloud.simulator.log.flatMap(({ action, parameters }) =>
        action === "AllocateEipSegmentAddress" ? [parameters.ClientToken] : [],
      );
      expect(tokens).toEqual([segment.state.clientToken, segment.state.clientToken]);
    },
  );
});

describe("a replacement that the cloud refuses", () => {
  const refused = async (to: Written, code: string): Promise<string> => {
    const segment = new DeclaredSegment(cloud);
    await segment.up({ eipMask: 28 });
    cloud.simulator.addFault({ kind: "error", code, action: "AllocateEipSegmentAddress", times: always });
    return String(await segment.up(to).catch((thrown: unknown) => thrown));
  };

  it("advises to delete before replacing where the new segment is no larger and the quota is the reason", async () => {
    const error = await refused({ eipMask: 28, isp: "ChinaTelecom" }, "OperationFailed.EipQuotaExceed");
    expect(error).toContain("OperationFailed.EipQuotaExceed");
    expect(error).toContain("set the resource option deleteBeforeReplace: true.");
  });

  it("says how many EIPs a larger segment needs, and never to release the old one first", async () => {
    const error = await refused({ eipMask: 27 }, "OperationFailed.EipQuotaExceed");
    expect(error).toMatch(/The new segment needs 32 EIPs beside those of eipsg-\w+, which is kept until/);
    expect(error).not.toContain("deleteBeforeReplace");
  });

  it("says nothing of either otherwise", async () => {
    const error = await refused({ eipMask: 28, isp: "ChinaTelecom" }, "Forbidden.RAM");
    expect(error).toContain("Forbidden.RAM");
    expect(error).not.toMatch(/deleteBeforeReplace|needs 16 EIPs/);
  });
});

/** What `pulumi destroy` prints when ReleaseEipSegmentAddress is refused for good: one code for each class and text of its own. */
const refusedReleases: [code: string, cause: string, remedy: string][] = [
  ["IncorrectEipStatus", "in use or changing", "disassociate"],
  ["Forbidden.EipInBwp", "Internet Shared Bandwidth", "Remove its EIPs"],
  ["Forbidden", "another account", "vpc:ReleaseEipSegmentAddress"],
  ["Forbidden.RAM", "lack a permission", "vpc:ReleaseEipSegmentAddress"],
  ["TaskConflict.AssociateGlobalAccelerationInstance", "Global Accelerator", "in a few minutes"],
  ["InvalidRegionId.NotFound", "region does not exist", "Correct regionId"],
  ["IncorrectStatus.Eip", "another task is running", "Wait for that task"],
];

describe("a destroy that the cloud refuses says why and what to do, and keeps the segment in the stack", () => {
  it.each(refusedReleases)("%s", async (code, cause, remedy) => {
    const segment = new DeclaredSegment(cloud);
    await segment.up({ eipMask: 28, customTimeouts: { delete: "30s" } });
    cloud.simulator.addFault({ kind: "error", code, action: "ReleaseEipSegmentAddress", times: always });
    await expect(segment.destroy()).rejects.toThrow(
      new RegExp(
        `^Releasing the segment failed.* \\(${segment.id ?? ""}.*\\): .*${cause}.* .*${remedy}.* \\[${code}, ${requestId}\\]$`,
      ),
    );
    expect(segment.id).toBe(cloud.segment.id);
  });
});

describe("a destroy survives what passes by itself", () => {
  it.each([...passing, "IncorrectEipStatus", "TaskConflict.AssociateGlobalAccelerationInstance"])(
    "%s",
    async (code) => {
      const segment = new DeclaredSegment(cloud);
      await segment.up({ eipMask: 28 });
      cloud.simulator.addFault({ kind: "error", code, action: "ReleaseEipSegmentAddress" });
      await segment.destroy();
      expect(cloud.simulator.segments()).toEqual([]);
    },
  );

  it.each(["OperationFailed.InstanceNotExist", "InvalidAllocationId.NotFound"])(
    "%s, once the segment is really gone",
    async (code) => {
      const segment = new DeclaredSegment(cloud);
      await segment.up({ eipMask: 28 });
      cloud.simulator.addFault({
        kind: "error",
        code,
        action: "ReleaseEipSegmentAddress",
        afterEffect: true,
      });
      await segment.destroy();
      expect(cloud.simulator.segments()).toEqual([]);
    },
  );
});

describe("an answer that is none", () => {
  it.each([
    ["an HTML page of a proxy", { kind: "html502" }],
    ["an empty body after the effect", { kind: "emptyBody" }],
    ["half a body after the effect", { kind: "truncatedBody" }],
    ["a connection cut before the effect", { kind: "dropBefore" }],
    ["a connection cut after the effect", { kind: "dropAfter" }],
  ] as const)("%s is asked for again, and makes one segment", async (_, fault) => {
    const segment = new DeclaredSegment(cloud);
    cloud.simulator.addFault({ ...fault, action: "AllocateEipSegmentAddress" });
    await segment.up({ eipMask: 28 });
    expect(segment.id).toBe(cloud.segment.id);
  });
});
