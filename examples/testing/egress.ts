import * as pulumi from "@pulumi/pulumi";
import { EipSegment } from "pulumi-alicloud-eip-segment";

/** The public addresses that requests to partners come from. */
export class Egress extends pulumi.ComponentResource {
  /** Lines for a partner's firewall. */
  readonly allowList: pulumi.Output<string[]>;

  /** @param bandwidth - Mbit/s of each address. */
  constructor(name: string, bandwidth: number, opts?: pulumi.ComponentResourceOptions) {
    super("shop:index:Egress", name, {}, opts);
    const segment = new EipSegment(
      name,
      { eipMask: 28, bandwidth, tags: { team: "edge" } },
      { parent: this },
    );
    this.allowList = segment.addresses.apply((all) => all.map(({ ipAddress }) => `allow ${ipAddress}/32;`));
    this.registerOutputs({ allowList: this.allowList });
  }
}
