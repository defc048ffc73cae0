/**
 * A local simulator of the EIP segment operations of the Alibaba Cloud VPC API (2016-04-28) and of STS GetCallerIdentity:
 * a real HTTP server on a loopback port, in memory, for tests and demonstrations.
 *
 * @example
 * ```ts
 * import { startSimulator } from "pulumi-alicloud-eip-segment/simulator";
 *
 * const simulator = await startSimulator({ progression: { kind: "describes", count: 2 } });
 * Object.assign(process.env, simulator.environment);
 * simulator.addFault({ action: "AllocateEipSegmentAddress", kind: "dropAfter" });
 * // … run the program under test …
 * console.log(simulator.segments(), simulator.log);
 * await simulator.stop();
 * ```
 */
export type { AddressView, Association, EipStatus } from "./eip";
export type { CallFilter } from "./call-filter";
export type { Fault, FaultEffect, FaultSelection } from "./faults";
export type { Hold, HoldSelection } from "./holds";
export type { RateLimit, SimulatorAccount, SimulatorOptions, SimulatorSettings, StockRule } from "./options";
export type { Progression, VisibilityLag } from "./progression";
export type { RamPolicy, RamStatement } from "./ram-policy";
export type { LogEntry } from "./request-log";
export type { ReplyBody, ReplyValue } from "./reply-body";
export type { SegmentStatus, SegmentView } from "./segment";
export type { CloudSnapshot } from "./snapshot";
export type { RememberedToken, TokenScope } from "./remembered-token";
export type { Simulator } from "./simulator";
export { startSimulator } from "./simulator";
