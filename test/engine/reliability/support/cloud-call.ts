import { PopTransport } from "../../../../provider/client/pop-transport";
import { formatToken, tokenDigest } from "../../../../provider/cloud/client-token";
import { eipSegmentType } from "../../../../provider/resource/checkpoint";
import type { Stack } from "../../support";

const wire = new PopTransport();

/** A call of the API by somebody beside Pulumi, with the stack's own keys. */
export async function cloudCall(
  { simulator }: Stack,
  action: string,
  parameters: Record<string, string>,
): Promise<Record<string, unknown>> {
  const { ALICLOUD_ACCESS_KEY = "", ALICLOUD_SECRET_KEY = "" } = simulator.environment;
  const answer = await wire.send(
    {
      endpoint: { url: simulator.endpoint, changedBy: "" },
      ...{ version: "2016-04-28", action, parameters: { RegionId: "cn-hangzhou", ...parameters } },
    },
    { accessKeyId: ALICLOUD_ACCESS_KEY, accessKeySecret: ALICLOUD_SECRET_KEY },
  );
  if (answer.kind !== "success") throw new Error(`${action}: ${JSON.stringify(answer)}`);
  return answer.body as Record<string, unknown>;
}

/** ClientToken of a resource of the stack, which has no salt. */
export function tokenOf({ name: stackName, project }: Stack, name: string, generation: number): string {
  const urn = `urn:pulumi:${stackName}::${project}::${eipSegmentType}::${name}`;
  return formatToken({ digest: tokenDigest("organization", urn, undefined), generation });
}

/** Leaves a segment in the cloud as a run does that is killed once the cloud has answered; answers its id. */
export async function leaveBehind(stack: Stack, name: string, mask = 28, generation = 0): Promise<string> {
  const answer = await cloudCall(stack, "AllocateEipSegmentAddress", {
    ...{ EipMask: String(mask), Bandwidth: "5", InternetChargeType: "PayByBandwidth" },
    ...{ Isp: "BGP", Netmode: "public", ClientToken: tokenOf(stack, name, generation) },
  });
  return String(answer.EipSegmentInstanceId);
}

/** Id of one of a segment's EIPs. */
export function eipOf({ simulator }: Stack, segmentId: string): string {
  const segment = simulator.segments().find(({ id }) => id === segmentId);
  return segment?.addresses[0]?.allocationId ?? "";
}
