import { meansAbsent } from "../../../provider/client/error-catalogue";

const segment = "eipsg-2zett8ba055tbsxme";
const said = `The specified instance ${segment} does not exist.`;

const means = (code: string, message = "", ids: readonly string[] = [segment], status = 404): boolean =>
  meansAbsent({ kind: "refusal", code, message, status }, ids);

describe("a refusal says that what the request names does not exist", () => {
  it.each([
    "OperationFailed.InstanceNotExist",
    "InstanceNotExist",
    "InstanceNotExists",
    "InvalidAllocationId.NotFound",
    "InvalidInstanceId.NotFound",
    "InvalidInstance.NotExist",
    "InvalidSegmentInstanceId.NotFound",
    "InvalidEipSegmentInstanceId.NotFound",
    "EipNotFound",
  ])("by the code %s", (code) => {
    expect(means(code)).toBe(true);
  });

  it.each(["ResourceNotFound", "InvalidParameter", "InvalidParameter.SegmentInstanceId", "EntityNotExist"])(
    "by the code %s and a message that names it",
    (code) => {
      expect(means(code, said)).toBe(true);
      expect(means(code, "The specified resource does not exist.")).toBe(false);
    },
  );
});

describe("a refusal says nothing of that", () => {
  it.each([
    "InvalidRegionId.NotFound",
    "Forbidden.RegionNotFound",
    "InvalidAccessKeyId.NotFound",
    "InvalidProduct.NotFound",
    "InvalidApi.NotFound",
    "InvalidAction.NotFound",
    "InvalidResourceGroupId.NotFound",
    "InvalidZoneId.NotFound",
    "InvalidVpcId.NotFound",
    "EntityNotExist.User",
    "EntityNotExist.Role",
  ])("by the code %s, even where its message names the segment", (code) => {
    expect(means(code, said)).toBe(false);
  });

  it("where the request names no segment and no EIP", () => {
    expect(means("InvalidInstanceId.NotFound", said, [])).toBe(false);
  });

  it("where the service failed", () => {
    expect(means("InstanceNotExist", said, [segment], 503)).toBe(false);
  });

  it.each(["NotFound", "Invalid.NotFound", "NotExist"])("by the bare code %s without the id", (code) => {
    expect(means(code, "Something does not exist.")).toBe(false);
  });

  it.each(["Forbidden.RAM", "Throttling.User", "QuotaExceeded.Eip", "IncorrectEipStatus"])(
    "by the code %s",
    (code) => {
      expect(means(code, said)).toBe(false);
    },
  );
});
