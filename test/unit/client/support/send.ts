import type { Outcome } from "../../../../provider/client/types";
import { PopTransport } from "../../../../provider/client/pop-transport";

/** Sends one try of a request that has every kind of parameter. */
export const send = (
  url: string,
  transport = new PopTransport({ connectTimeoutMs: 2_000, readTimeoutMs: 2_000 }),
): Promise<Outcome> =>
  transport.send(
    {
      endpoint: { url, changedBy: "alicloud:endpoints" },
      version: "2016-04-28",
      action: "TagResources",
      parameters: { ResourceId: ["eip-1", "eip-2"], Tag: [{ Key: "k", Value: "" }] },
    },
    { accessKeyId: "key-id", accessKeySecret: "key-secret", securityToken: "sts-token" },
  );
