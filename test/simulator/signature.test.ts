import { canonicalQuery, percentEncode } from "../../simulator/percent-encoding";
import { signV1, stringToSignV1 } from "../../simulator/signature-v1";
import { parseAuthorizationV3, sha256Hex, signV3, stringToSignV3 } from "../../simulator/signature-v3";

const allocate: [string, string][] = [
  ["Action", "AllocateEipSegmentAddress"],
  ["AccessKeyId", "testid"],
  ["Format", "JSON"],
  ["SignatureMethod", "HMAC-SHA1"],
  ["SignatureVersion", "1.0"],
  ["Version", "2016-04-28"],
  ["SignatureNonce", "nonce-1"],
  ["Timestamp", "2026-01-02T03:04:05Z"],
  ["RegionId", "cn-hangzhou"],
  ["EipMask", "28"],
  ["ClientToken", "a b*~/c"],
];

describe("percent-encoding", () => {
  test("leaves only unreserved characters as they are", () => {
    expect(percentEncode("AZaz09-_.~ *+!'()/:é")).toBe("AZaz09-_.~%20%2A%2B%21%27%28%29%2F%3A%C3%A9");
  });

  test("sorts keys in byte order, capital letters first", () => {
    const pairs = [
      ["b", "1"],
      ["Tag.10.Key", "x"],
      ["Tag.1.Key", "y"],
      ["B", "2"],
    ] as const;
    expect(canonicalQuery(pairs)).toBe("B=2&Tag.1.Key=y&Tag.10.Key=x&b=1");
  });
});

describe("RPC signature 1.0", () => {
  test("reproduces the sample of the documentation", () => {
    const pairs: [string, string][] = [
      ["Action", "DescribeRegions"],
      ["AccessKeyId", "testid"],
      ["Format", "XML"],
      ["SignatureMethod", "HMAC-SHA1"],
      ["SignatureVersion", "1.0"],
      ["Version", "2014-05-26"],
      ["SignatureNonce", "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf"],
      ["Timestamp", "2016-02-23T12:46:24Z"],
    ];
    expect(signV1(stringToSignV1("GET", pairs), "testsecret")).toBe("OLeaidS1JvxuMvnyHOwuJ+uX5qY=");
  });

  test("signs the method and encodes special characters twice", () => {
    const stringToSign = stringToSignV1("POST", allocate);
    expect(stringToSign).toContain("ClientToken%3Da%2520b%252A~%252Fc");
    expect(signV1(stringToSign, "testsecret")).toBe("ow36qWtKAYcH0Tbtj67nyxksiLI=");
    expect(signV1(stringToSignV1("GET", allocate), "testsecret")).toBe("LxS5AMgJ1ClbhUWf8KILvP4h9vk=");
  });
});

describe("signature V3", () => {
  const emptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  const basicHeaders = [
    "host",
    "x-acs-action",
    "x-acs-content-sha256",
    "x-acs-date",
    "x-acs-signature-nonce",
    "x-acs-version",
  ];

  test("reproduces the sample of the documentation", () => {
    const stringToSign = stringToSignV3({
      method: "POST",
      query: [
        ["RegionId", "cn-shanghai"],
        ["ImageId", "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"],
      ],
      headers: {
        host: "ecs.cn-shanghai.aliyuncs.com",
        "x-acs-action": "RunInstances",
        "x-acs-content-sha256": emptyHash,
        "x-acs-date": "2023-10-26T10:22:32Z",
        "x-acs-signature-nonce": "3156853299f313e23d1673dc12e1703d",
        "x-acs-version": "2014-05-26",
      },
      signedHeaders: basicHeaders,
      hashedPayload: sha256Hex(""),
    });
    expect(signV3(stringToSign, "YourAccessKeySecret")).toBe(
      "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0",
    );
  });

  test("encodes special characters in the query and trims header values", () => {
    const stringToSign = stringToSignV3({
      method: "POST",
      query: [
        ["RegionId", "cn-hangzhou"],
        ["EipMask", "28"],
        ["ClientToken", "a b*~/c"],
      ],
      headers: {
        host: " vpc.cn-hangzhou.aliyuncs.com ",
        "x-acs-action": "AllocateEipSegmentAddress",
        "x-acs-content-sha256": emptyHash,
        "x-acs-date": "2026-01-02T03:04:05Z",
        "x-acs-signature-nonce": "nonce-1",
        "x-acs-version": "2016-04-28",
        "x-acs-unsigned": "not part of it",
      },
      signedHeaders: basicHeaders,
      hashedPayload: sha256Hex(""),
    });
    expect(signV3(stringToSign, "testsecret")).toBe(
      "be65bfeddccefb4f76e3b512903d4bb198115bb05de3eda656c66e74594ca478",
    );
  });

  test("reads an Authorization header and rejects a malformed one", () => {
    const signature = "a".repeat(64);
    expect(
      parseAuthorizationV3(
        `ACS3-HMAC-SHA256 Credential=id,SignedHeaders=host;x-acs-date,Signature=${signature}`,
      ),
    ).toEqual({ accessKeyId: "id", signedHeaders: ["host", "x-acs-date"], signature });
    expect(parseAuthorizationV3(`ACS3-HMAC-SHA256 Credential=id,Signature=${signature}`)).toBeUndefined();
    expect(
      parseAuthorizationV3("ACS3-HMAC-SM3 Credential=id,SignedHeaders=host,Signature=1"),
    ).toBeUndefined();
  });
});
