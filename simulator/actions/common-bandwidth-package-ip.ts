import { apiError } from "../api-error";
import type { Eip } from "../eip";
import { type Operation, type OperationContext, vpcVersion } from "../operation";
import type { ReplyBody } from "../reply-body";
import { findSettledEip } from "./find-eip";

const common = {
  version: vpcVersion,
  required: ["RegionId", "BandwidthPackageId", "IpInstanceId"],
  remembersToken: true,
} as const;

/** AddCommonBandwidthPackageIp: puts an EIP into a shared-bandwidth package; every package id counts as existing. */
export const addCommonBandwidthPackageIp: Operation = {
  ...common,
  run: (context) =>
    change(context, (eip, packageId) => {
      if (eip.bandwidthPackageId !== undefined) throw apiError("Forbidden.EipInBwp");
      return packageId;
    }),
};

/** RemoveCommonBandwidthPackageIp: takes an EIP out of its package. The code for another package is UNVERIFIED. */
export const removeCommonBandwidthPackageIp: Operation = {
  ...common,
  run: (context) =>
    change(context, (eip, packageId) => {
      if (eip.bandwidthPackageId !== packageId) throw apiError("InvalidParameter.Mismatch");
      return undefined;
    }),
};

function change(
  context: OperationContext,
  next: (eip: Eip, packageId: string) => string | undefined,
): ReplyBody {
  const { parameters } = context;
  const eip = findSettledEip(context, parameters.required("IpInstanceId"));
  const packageId = next(eip, parameters.required("BandwidthPackageId"));
  if (parameters.flag("DryRun")) throw apiError("DryRunOperation");
  eip.bandwidthPackageId = packageId;
  return {};
}
