import RPCClient from "@alicloud/pop-core";

/** The parts of reply bodies that tests look at. */
export interface Reply {
  readonly RequestId: string;
  readonly EipSegmentInstanceId: string;
  readonly PublicIpAddressPoolId: string;
  readonly ResourceGroupId: string;
  readonly PageNumber: number;
  readonly PageSize: number;
  readonly TotalCount: number;
  readonly NextToken: string;
  readonly EipSegments: { readonly EipSegment: readonly Readonly<Record<string, string>>[] };
  readonly EipAddresses: { readonly EipAddress: readonly EipReply[] };
  readonly TagResources: { readonly TagResource: readonly Readonly<Record<string, string>>[] };
  readonly Regions: { readonly Region: readonly Readonly<Record<string, string>>[] };
  readonly Zones: { readonly Zone: readonly Readonly<Record<string, string>>[] };
}

/** One EIP in a reply. */
export interface EipReply {
  readonly AllocationId: string;
  readonly IpAddress: string;
  readonly Status: string;
  readonly Tags: { readonly Tag: readonly { readonly Key: string; readonly Value: string }[] };
  readonly [field: string]: unknown;
}

/** A refused call, as pop-core reports it. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Parameters of a call; pop-core numbers lists itself. */
export type CallParameters = Readonly<Record<string, unknown>>;

/** How a pop-core client is set up. */
export interface PopOptions {
  readonly endpoint: string;
  readonly accessKeyId?: string;
  readonly accessKeySecret?: string;
  readonly securityToken?: string;
  readonly version?: string;
  /** Time of the requests; the real time when absent. */
  readonly timestamp?: () => string;
  readonly method?: "GET" | "POST";
  /** Default one minute. */
  readonly timeoutMs?: number;
}

/** Calls operations through pop-core. */
export class PopClient {
  private readonly client: RPCClient;

  constructor(private readonly options: PopOptions) {
    this.client = new RPCClient({
      endpoint: options.endpoint,
      apiVersion: options.version ?? "2016-04-28",
      accessKeyId: options.accessKeyId ?? "simulator-access-key-id",
      accessKeySecret: options.accessKeySecret ?? "simulator-access-key-secret",
      ...(options.securityToken === undefined ? {} : { securityToken: options.securityToken }),
    });
  }

  call(action: string, parameters: CallParameters = {}): Promise<Reply> {
    const { timestamp, method = "POST", timeoutMs: timeout = 60_000 } = this.options;
    const time = timestamp === undefined ? {} : { Timestamp: timestamp() };
    return this.client.request<Reply>(action, { ...time, ...parameters }, { method, timeout });
  }

  /** The refusal of a call that must fail. */
  async refusal(action: string, parameters: CallParameters = {}): Promise<Refusal> {
    try {
      await this.call(action, parameters);
    } catch (error) {
      const { data, entry } = error as PopError;
      const [status, headers] = [entry.response.statusCode, entry.response.headers];
      return { status, code: data.Code, message: data.Message, headers, body: { ...data } };
    }
    throw new Error(`${action} was not refused.`);
  }
}

interface PopError {
  readonly data: { readonly Code: string; readonly Message: string };
  readonly entry: {
    readonly response: { readonly statusCode: number; readonly headers: Readonly<Record<string, string>> };
  };
}
