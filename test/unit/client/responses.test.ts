import {
  allocateResponse,
  callerIdentityResponse,
  describeAddressesResponse,
  describeSegmentsResponse,
  emptyResponse,
  problemOf,
} from "../../../provider/client/responses";

const SEGMENT = {
  InstanceId: "eipsg-1",
  RegionId: "cn-hangzhou",
  Status: "Allocated",
  Segment: "161.0.2.32/28",
  IpCount: "16",
  Name: "",
  Descritpion: "",
  Zone: "cn-hangzhou-a",
  CreationTime: "2020-03-06T12:30:07Z",
};

const segments = (row: object, total: unknown = 1) => ({
  RequestId: "R",
  PageNumber: 1,
  PageSize: 10,
  TotalCount: total,
  EipSegments: { EipSegment: [row] },
});

const EIP = {
  AllocationId: "eip-1",
  IpAddress: "161.0.2.33",
  Status: "Available",
  Bandwidth: "5",
  EipBandwidth: "",
  InternetChargeType: "PayByBandwidth",
  ISP: "BGP",
  Netmode: "public",
  ResourceGroupId: "rg-1",
  SegmentInstanceId: "eipsg-1",
  InstanceId: "",
  InstanceType: "",
  BandwidthPackageId: "",
  PublicIpAddressPoolId: "",
  DeletionProtection: false,
  AllocationTime: "2020-03-06T12:30:07Z",
  BusinessStatus: "Normal",
  Tags: {
    Tag: [
      { Key: "team", Value: "net" },
      { Key: "empty", Value: "" },
    ],
  },
};

const addressOf = (change: object) => {
  const reply = { TotalCount: "1", EipAddresses: { EipAddress: [{ ...EIP, ...change }] } };
  return describeAddressesResponse.parse(reply).addresses[0];
};

const problem = (
  schema: typeof describeSegmentsResponse | typeof describeAddressesResponse,
  body: unknown,
) => {
  const parsed = schema.safeParse(body);
  return parsed.success ? "none" : problemOf(parsed.error);
};

describe("the reply of DescribeEipSegment", () => {
  it("is read in our terms, empty texts as absent", () => {
    expect(describeSegmentsResponse.parse(segments(SEGMENT))).toStrictEqual({
      totalCount: 1,
      segments: [
        {
          segmentId: "eipsg-1",
          regionId: "cn-hangzhou",
          status: "Allocated",
          cidrBlock: "161.0.2.32/28",
          ipCount: 16,
          zone: "cn-hangzhou-a",
          createTime: "2020-03-06T12:30:07Z",
        },
      ],
    });
  });

  it.each(["Descritpion", "Description"])("has its description under %s", (key) => {
    const { Descritpion, ...rest } = SEGMENT;
    expect(Descritpion).toBe("");
    const [segment] = describeSegmentsResponse.parse(segments({ ...rest, [key]: "office" })).segments;
    expect(segment?.description).toBe("office");
  });

  it("may have numbers as text and the reverse, and fields nobody knows", () => {
    const row = { ...SEGMENT, IpCount: 12, Name: 7, Surprise: { deep: true } };
    const {
      segments: [segment],
      totalCount,
    } = describeSegmentsResponse.parse(segments(row, "1"));
    expect([totalCount, segment?.ipCount, segment?.name]).toEqual([1, 12, "7"]);
    expect(segment).not.toHaveProperty("Surprise");
  });

  it.each([null, "", "many", {}])("is read without a count where that is %j", (count) => {
    const { totalCount, segments: rows } = describeSegmentsResponse.parse(segments(SEGMENT, count));
    expect([totalCount, rows.length]).toEqual([undefined, 1]);
    expect(problem(describeSegmentsResponse, { TotalCount: count })).toContain("EipSegments.EipSegment");
  });

  it("reads a row of which nothing but the id can be read: it may be of somebody else's segment", () => {
    const odd = { Status: "", IpCount: "many", Segment: "161.0.2.32/28,161.0.2.48/28", Zone: [] };
    const { segments: rows } = describeSegmentsResponse.parse(
      segments({ ...SEGMENT, ...odd, RegionId: {}, CreationTime: true }),
    );
    expect(rows).toStrictEqual([{ segmentId: "eipsg-1", status: "unknown" }]);
  });

  it.each([{ ...SEGMENT, InstanceId: null }, null, "row"])("leaves out the row %j, and says so", (row) => {
    const EipSegment = [row, SEGMENT];
    const { segments: rows, problem: why } = describeSegmentsResponse.parse({ EipSegments: { EipSegment } });
    expect(rows).toMatchObject([{ segmentId: "eipsg-1" }]);
    expect(why).toMatch(/ is missing or has the wrong type$/);
  });

  it("may leave the list out only when it counts none", () => {
    expect(describeSegmentsResponse.parse({ TotalCount: 0 })).toEqual({ totalCount: 0, segments: [] });
    expect(describeSegmentsResponse.parse({ TotalCount: 0, EipSegments: {} })).toEqual({
      totalCount: 0,
      segments: [],
    });
    expect(problem(describeSegmentsResponse, { TotalCount: 1 })).toContain(
      "EipSegments.EipSegment is missing",
    );
  });

  it.each([
    ["EipSegments.EipSegment", { TotalCount: 1, EipSegments: { EipSegment: "none" } }],
    ["EipSegments.EipSegment", { TotalCount: 1, EipSegments: [] }],
  ])("names %s when that is missing or wrong, and quotes nothing", (field, body) => {
    expect(problem(describeSegmentsResponse, body)).toBe(
      `the field ${field} is missing or has the wrong type`,
    );
  });
});

describe("the reply of DescribeEipAddresses", () => {
  it("is read in our terms, empty texts as absent", () => {
    expect(addressOf({})).toStrictEqual({
      allocationId: "eip-1",
      ipAddress: "161.0.2.33",
      status: "Available",
      bandwidth: 5,
      internetChargeType: "PayByBandwidth",
      isp: "BGP",
      netmode: "public",
      resourceGroupId: "rg-1",
      segmentId: "eipsg-1",
      deletionProtection: false,
      businessStatus: "Normal",
      tags: { team: "net", empty: "" },
    });
  });

  it("has the EIP's own bandwidth, also inside an Internet Shared Bandwidth instance", () => {
    const shared = { BandwidthPackageId: "cbwp-1", Bandwidth: "1000", EipBandwidth: "8" };
    expect(addressOf(shared)).toMatchObject({ bandwidth: 8, bandwidthPackageId: "cbwp-1" });
    expect(addressOf({ ...shared, EipBandwidth: "" })).not.toHaveProperty("bandwidth");
    expect(addressOf({ Bandwidth: 9, EipBandwidth: "8" })).toMatchObject({ bandwidth: 9 });
  });

  it.each([
    [true, true],
    ["true", true],
    [false, false],
    ["false", false],
    ["True", true],
    ["", false],
    [undefined, false],
  ])("reads deletion protection %p as %p", (raw, expected) => {
    expect(addressOf({ DeletionProtection: raw })?.deletionProtection).toBe(expected);
  });

  it.each([undefined, null, "", {}, [], { Tag: null }, { Tag: [] }])("reads the tags %p as none", (raw) => {
    expect(addressOf({ Tags: raw })?.tags).toEqual({});
  });

  it.each([{ InstanceId: {} }, { Status: null }, { Tags: "team" }])("has ids and address of %j", (change) => {
    const [field = ""] = Object.keys(change);
    expect(addressOf(change)).toStrictEqual({
      ...{ allocationId: "eip-1", ipAddress: "161.0.2.33", segmentId: "eipsg-1" },
      ...{ status: "unknown", deletionProtection: false, tags: {} },
      problem: expect.stringContaining(`the field ${field} is missing`) as unknown,
    });
  });

  it("has what can be read of ids and address, and who owns or uses the EIP", () => {
    const use = { status: "Available", deletionProtection: false, tags: { team: "net", empty: "" } };
    expect(addressOf({ IpAddress: undefined })).toMatchObject({
      ...{ ...use, allocationId: "eip-1", ipAddress: "unknown", segmentId: "eipsg-1" },
      problem: "the field IpAddress is missing or has the wrong type",
    });
    expect(addressOf({ AllocationId: {}, IpAddress: "10", SegmentInstanceId: [] })).toMatchObject({
      ...{ ...use, allocationId: "unknown", ipAddress: "unknown" },
      problem: "the field AllocationId is missing or has the wrong type",
    });
    const rows = describeAddressesResponse.parse({ EipAddresses: { EipAddress: [null, EIP] } }).addresses;
    expect(rows).toMatchObject([{ allocationId: "unknown" }, { allocationId: "eip-1" }]);
  });

  it("names a missing list", () => {
    expect(problem(describeAddressesResponse, { TotalCount: 3 })).toContain("EipAddresses.EipAddress");
  });
});

describe("the other replies", () => {
  it("give the id of an allocated segment without stray white space", () => {
    expect(allocateResponse.parse({ RequestId: "R1\t", EipSegmentInstanceId: "eipsg-1" })).toEqual({
      segmentId: "eipsg-1",
    });
  });

  it("give the account as text even when it comes as a number", () => {
    expect(callerIdentityResponse.parse({ AccountId: 123456, Arn: "acs:ram::123456:root" })).toEqual({
      accountId: "123456",
      arn: "acs:ram::123456:root",
    });
  });

  it("are nothing where only a request id comes", () => {
    expect(emptyResponse.safeParse({ RequestId: "R1" })).toEqual({ success: true, data: undefined });
  });
});
