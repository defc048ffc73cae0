import { redact } from "../../../provider/client/redact";

const CREDENTIALS = { accessKeyId: "LTAI-id", accessKeySecret: "se/cr+et", securityToken: "CAIS-token" };

describe("redact", () => {
  it("cuts the server's string to sign out of a signature error", () => {
    const message =
      "Specified signature is not matched with our calculation. server string to sign is:POST&%2F&AccessKeyId%3DLTAI-id";
    expect(redact(message, CREDENTIALS)).toBe("Specified signature is not matched with our calculation");
  });

  it("hides key id, secret and token, also percent-encoded once or twice", () => {
    const message = "key LTAI-id, secret se/cr+et or se%2Fcr%2Bet or se%252Fcr%252Bet, token CAIS-token";
    expect(redact(message, CREDENTIALS)).toBe("key ***, secret *** or *** or ***, token ***");
  });

  it("makes one bounded line", () => {
    expect(redact(" a\n\tb ", CREDENTIALS)).toBe("a b");
    expect(redact("x".repeat(1_000), CREDENTIALS)).toHaveLength(401);
  });

  it("leaves a text alone when there is nothing to hide", () => {
    const empty = { accessKeyId: "", accessKeySecret: "", securityToken: "" };
    expect(redact("Specified API is not found.", empty)).toBe("Specified API is not found.");
  });
});
