import { $OpenApiUtil } from "@alicloud/openapi-core";
import Vpc, {
  type AllocateEipSegmentAddressRequest,
  type AllocateEipSegmentAddressResponse,
} from "@alicloud/vpc20160428";

/** How the official SDK signs: with V3, or with the RPC signature 1.0 (which it calls v2). */
export type SdkSignature = "V3" | "V1";

/** The official SDK, pointed at the simulator. */
export function sdkClient(
  endpoint: string,
  signature: SdkSignature = "V3",
  keys: { readonly securityToken?: string; readonly accessKeySecret?: string } = {},
): Vpc {
  return new Vpc(
    new $OpenApiUtil.Config({
      accessKeyId: "simulator-access-key-id",
      accessKeySecret: "simulator-access-key-secret",
      ...keys,
      endpoint: new URL(endpoint).host,
      protocol: "HTTP",
      regionId: "cn-hangzhou",
      ...(signature === "V1" ? { signatureAlgorithm: "v2" } : {}),
    }),
  );
}

/** Calls AllocateEipSegmentAddress. */
export function sdkAllocate(
  sdk: Vpc,
  request: AllocateEipSegmentAddressRequest,
): Promise<AllocateEipSegmentAddressResponse> {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the vendor deprecates the operation and offers no other
  return sdk.allocateEipSegmentAddress(request);
}

/** An error of the official SDK. */
export interface SdkError {
  readonly name: string;
  readonly code: string;
  readonly statusCode: number;
  readonly message: string;
  readonly requestId: string;
  readonly retryAfter?: number;
  readonly accessDeniedDetail?: Readonly<Record<string, unknown>>;
}

/** The error of a call that must fail. */
export async function sdkError(call: Promise<unknown>): Promise<SdkError> {
  return call.then(
    () => {
      throw new Error("The call did not fail.");
    },
    (error: unknown) => error as SdkError,
  );
}
