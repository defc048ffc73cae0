import { catalogueEntry } from "../../../provider/client/error-catalogue";
import { type CallDescription, refusalError, noResponseError } from "../../../provider/client/call-errors";
import { refusal, transportFailure } from "./support/scripted-transport";

const CALL: CallDescription = {
  action: "AllocateEipSegmentAddress",
  service: "vpc",
  endpoint: { url: "https://vpc.cn-hangzhou.aliyuncs.com", changedBy: "alicloud:endpoints" },
  doing: "Allocating the segment",
  ids: [],
  subject: "cn-hangzhou",
  writes: true,
};
const RELEASE: CallDescription = {
  ...CALL,
  action: "ReleaseEipSegmentAddress",
  doing: "Releasing the segment",
  subject: "eipsg-1",
};
const ONCE = { tries: 1, elapsedMs: 120 };

const textOf = (call: CallDescription, failed: ReturnType<typeof refusal>, effort = ONCE, localTime = 0) =>
  refusalError(call, failed, catalogueEntry(call.action, failed.code, failed.status), effort, localTime)
    .message;

describe("the message of a refusal", () => {
  it("says what happened to which property, why, what to do, the code and the request id", () => {
    expect(textOf(CALL, refusal("IllegalParam.EipMask"))).toBe(
      "Allocating the segment failed (cn-hangzhou, property eipMask): the mask is not valid. Set eipMask to a number " +
        "from 24 (256 addresses) to 28 (16 addresses). [IllegalParam.EipMask, RequestId 3F2A1B0C]",
    );
  });

  it("names the segment of a release", () => {
    expect(textOf(RELEASE, refusal("OperationFailed.EipInBwp"))).toBe(
      "Releasing the segment failed (eipsg-1): at least one of its EIPs is in an Internet Shared Bandwidth instance. " +
        "Remove its EIPs from the Internet Shared Bandwidth instance first. [OperationFailed.EipInBwp, RequestId " +
        "3F2A1B0C]",
    );
  });

  it("names the permission to grant", () => {
    expect(textOf(RELEASE, refusal("Forbidden.RAM"))).toContain(
      "Grant the action vpc:ReleaseEipSegmentAddress",
    );
    expect(
      textOf({ ...CALL, action: "GetCallerIdentity", service: "sts" }, refusal("Forbidden.RAM")),
    ).toContain("sts:GetCallerIdentity");
  });

  it("quotes the API where the code alone does not say which value is wrong", () => {
    const wrong = refusal("InvalidParameter", { message: 'Specified value of "Bandwidth" is not valid.' });
    expect(textOf(CALL, wrong)).toContain(
      'the API does not accept a value: Specified value of "Bandwidth" is not valid. Correct',
    );
  });

  it("keeps code, message and request id of an unknown code, and links to its explanation", () => {
    expect(textOf(CALL, refusal("Some.New Code"))).toBe(
      "Allocating the segment failed (cn-hangzhou): Message of Some.New Code. Find this code at " +
        "https://api.aliyun.com/troubleshoot?q=Some.New%20Code&product=Vpc and remove its cause, then run the command again. " +
        "The next `pulumi up` recovers a segment that it allocated. If you remove the resource instead, " +
        "run `pulumi stack export | npx --no eip-segment orphans -` to find it. [Some.New Code, RequestId 3F2A1B0C]",
    );
  });

  it("does without message and request id when the API sent none", () => {
    const { requestId, ...anonymous } = refusal("Some.Code", { message: "" });
    expect(requestId).toBeDefined();
    expect(textOf(CALL, anonymous)).toMatch(/\): no reason was given\. .* \[Some\.Code\]$/);
  });

  it("leaves patterns in a message of the API alone", () => {
    expect(textOf(CALL, refusal("Some.Code", { message: "costs $& {code}" }))).toContain("costs $& {code}.");
  });

  it("tells how long it was tried", () => {
    const effort = { tries: 4, elapsedMs: 12_345 };
    expect(textOf(CALL, refusal("SystemBusy"), effort)).toContain(
      "failed in 4 tries over 12 s (cn-hangzhou)",
    );
  });

  it.each([
    [23, "this machine's clock is 23 min behind it"],
    [-480, "this machine's clock is 480 min ahead of it"],
  ])("tells that the server is %s minutes ahead", (minutes, expected) => {
    const late = refusal("InvalidTimeStamp.Expired", { serverTime: minutes * 60_000 });
    expect(textOf(CALL, late)).toContain(expected);
  });

  it("does not speak of the clock when the server's is unknown or the same", () => {
    expect(textOf(CALL, refusal("InvalidTimeStamp.Expired"))).not.toContain("this machine's clock is");
    expect(textOf(CALL, refusal("InvalidTimeStamp.Expired", { serverTime: 9_000 }))).not.toContain(
      "clock is",
    );
  });

  it("carries the parts for programs", () => {
    const failed = refusal("Throttling.User");
    expect(refusalError(CALL, failed, catalogueEntry(CALL.action, failed.code), ONCE, 0)).toMatchObject({
      name: "ApiError",
      action: "AllocateEipSegmentAddress",
      code: "Throttling.User",
      status: 400,
      cloudMessage: "Message of Throttling.User.",
      errorClass: "retry",
    });
  });
});

describe("the message of a lost response", () => {
  it("names host, reason, unknown effect and what to do", () => {
    expect(
      noResponseError(CALL, transportFailure({ requestId: "R9" }), { tries: 5, elapsedMs: 60_000 }, true)
        .message,
    ).toBe(
      "Allocating the segment got no usable response from vpc.cn-hangzhou.aliyuncs.com in 5 tries over 60 s " +
        "(cn-hangzhou): the connection was closed before the response. It is unknown whether the request took effect. " +
        "Check the network, then run the command again. The next `pulumi up` recovers a segment that it allocated. " +
        "If you remove the resource instead, run `pulumi stack export | npx --no eip-segment orphans -` to find it. [RequestId R9]",
    );
  });

  it("names the setting that changes the host when the failure is unlikely to pass", () => {
    const refused = transportFailure({
      reason: "the connection was refused",
      isLasting: true,
      wasSent: false,
    });
    expect(noResponseError(CALL, refused, ONCE, false).message).toBe(
      "Allocating the segment got no usable response from vpc.cn-hangzhou.aliyuncs.com (cn-hangzhou): the connection was " +
        "refused. Check the region and the endpoint (alicloud:endpoints), then run the command again.",
    );
  });
});
