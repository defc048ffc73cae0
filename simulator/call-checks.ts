import { apiError, invalidParameter, missingParameter } from "./api-error";
import { type Operation, stsVersion, vpcVersion } from "./operation";
import { operations } from "./operations";
import type { Parameters } from "./parameters";
import { regions } from "./regions";
import type { ReplyFormat } from "./reply";
import type { ApiRequest } from "./request";

/**
 * The operation that a request names.
 *
 * @throws `InvalidApi.NotFound`, `UnsupportedHTTPMethod`, `MissingAction`, `MissingVersion`, `InvalidParameter`,
 *   `InvalidParameter.Format`.
 */
export function route(request: ApiRequest): Operation {
  const { path, action, version, method, parameters, isV3 } = request;
  if (path !== "/") throw apiError("InvalidApi.NotFound");
  if (action === "") throw missingParameter("Action");
  const operation = operations.get(action);
  if (operation === undefined) throw apiError("InvalidApi.NotFound");
  if (version === undefined) throw missingParameter("Version");
  if (version !== vpcVersion && version !== stsVersion) throw invalidParameter("Version");
  if (version !== operation.version) throw apiError("InvalidApi.NotFound");
  if (!(operation.methods ?? ["GET", "POST"]).includes(method)) throw apiError("UnsupportedHTTPMethod");
  const format = parameters.get("Format") ?? "XML";
  if (!isV3 && !/^(?:json|xml)$/i.test(format)) throw apiError("InvalidParameter.Format");
  return operation;
}

/** V3 requests get JSON unless they accept only XML; RPC requests get XML unless Format says JSON. */
export function formatOf({ isV3, headers, parameters }: ApiRequest): ReplyFormat {
  if (isV3) return headers.accept?.endsWith("/xml") === true ? "XML" : "JSON";
  return parameters.get("Format")?.toUpperCase() === "JSON" ? "JSON" : "XML";
}

/**
 * Asks for the mandatory parameters.
 *
 * @throws `Missing{Name}`
 */
export function checkMandatory(parameters: Parameters, operation: Operation): void {
  for (const name of operation.required) parameters.required(name);
}

/**
 * The region of a request, if it names one.
 *
 * @throws `Forbidden.RegionNotFound`, or the code the operation has for it.
 */
export function regionOf(parameters: Parameters, operation: Operation): string | undefined {
  const regionId = parameters.filled("RegionId");
  if (operation.isGlobal === true) return undefined;
  if (regionId === undefined || regions.has(regionId)) return regionId;
  throw apiError(operation.unknownRegion ?? "Forbidden.RegionNotFound");
}
