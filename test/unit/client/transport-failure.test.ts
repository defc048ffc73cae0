import { transportFailureOf } from "../../../provider/client/exchange";

const errorOf = (code: string) => Object.assign(new Error("secret text"), { code });

describe("transportFailureOf", () => {
  it.each([
    "ENOTFOUND",
    "ECONNREFUSED",
    "EPROTO",
    "ERR_TLS_CERT_ALTNAME_INVALID",
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "SELF_SIGNED_CERT_IN_CHAIN",
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    "UNABLE_TO_GET_ISSUER_CERT",
    "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
    "CERT_HAS_EXPIRED",
    "CERT_NOT_YET_VALID",
  ])("takes %s for a failure that stays, before anything was sent", (code) => {
    expect(transportFailureOf(errorOf(code))).toMatchObject({ isLasting: true, wasSent: false });
  });

  it.each(["EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"])("takes %s for one that passes", (code) => {
    expect(transportFailureOf(errorOf(code))).toMatchObject({ isLasting: false, wasSent: false });
  });

  it.each(["ECONNRESET", "EPIPE", "ETIMEDOUT", "SOMETHING_NEW"])(
    "assumes after %s that the request may have arrived",
    (code) => {
      expect(transportFailureOf(errorOf(code))).toMatchObject({ isLasting: false, wasSent: true });
    },
  );

  it("names the way to trust a private certificate authority", () => {
    expect(transportFailureOf(errorOf("SELF_SIGNED_CERT_IN_CHAIN")).reason).toContain("NODE_EXTRA_CA_CERTS");
  });

  it.each([errorOf("ECONNRESET"), "text", undefined, { code: 7 }])("quotes nothing of %p", (error) => {
    expect(transportFailureOf(error).reason).toBe("the connection was closed before the response");
  });
});
