import RPCClient from "@alicloud/pop-core";
import type { Simulator } from "../../../simulator";

/** Calls operations as someone outside Pulumi does. */
export function outside(
  { endpoint, environment }: Simulator,
  regionId = "cn-hangzhou",
): (action: string, parameters: Record<string, unknown>) => Promise<Record<string, unknown>> {
  const client = new RPCClient({
    endpoint,
    apiVersion: "2016-04-28",
    accessKeyId: environment.ALICLOUD_ACCESS_KEY ?? "",
    accessKeySecret: environment.ALICLOUD_SECRET_KEY ?? "",
  });
  return (action, parameters) =>
    client.request(action, { RegionId: regionId, ...parameters }, { method: "POST" });
}
