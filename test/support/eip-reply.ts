import type { Eip } from "../../provider/client/vpc-api";

/** An EIP that nobody uses, `203.0.113.<index>` unless said otherwise. */
export const eipReply = (index: number, more: Partial<Eip> = {}): Eip => ({
  allocationId: `eip-${index}`,
  ipAddress: `203.0.113.${index}`,
  status: "Available",
  deletionProtection: false,
  tags: {},
  ...more,
});
