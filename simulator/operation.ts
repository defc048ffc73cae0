import type { ApiErrorCode } from "./api-errors";
import type { Cloud } from "./cloud";
import type { SimulatorAccount } from "./options";
import type { Parameters } from "./parameters";
import type { ReplyBody } from "./reply-body";

/** What an operation works with. */
export interface OperationContext {
  readonly cloud: Cloud;
  readonly account: SimulatorAccount;
  readonly parameters: Parameters;
  /** Region of the request, known to exist; undefined where the request names none. */
  readonly regionId: string | undefined;
  /** True when a fault wants the segment of this allocation to vanish. */
  readonly vanishes: boolean;
}

/** One operation of the API. */
export interface Operation {
  readonly version: string;
  /** Mandatory parameters, in the order in which they are asked for. */
  readonly required: readonly string[];
  /** Answer to a region id that does not exist. Default `Forbidden.RegionNotFound`. */
  readonly unknownRegion?: ApiErrorCode;
  /** True where the operation has no RegionId and ignores one. Default false. */
  readonly isGlobal?: boolean;
  /** True where a ClientToken makes a repetition harmless. Default false. */
  readonly remembersToken?: boolean;
  /** HTTP methods. Default GET and POST. */
  readonly methods?: readonly string[];
  /** Does the work and returns the body of the reply without its RequestId. */
  readonly run: (context: OperationContext) => ReplyBody;
  /** Changes the answer to a repetition, which by default is the same as the first; undefined runs the operation once more. */
  readonly replay?: (context: OperationContext, body: ReplyBody) => ReplyBody | undefined;
}

/** Version of the VPC API. */
export const vpcVersion = "2016-04-28";

/** Version of the STS API. */
export const stsVersion = "2015-04-01";
