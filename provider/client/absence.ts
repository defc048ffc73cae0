import type { Refusal } from "./answer";

/** Codes that say that a segment, an instance or an EIP does not exist, in the spellings of the vendor's products. */
const absentCode =
  /^(OperationFailed\.)?(Invalid)?(Eip)?(Segment)?(Instance|InstanceId|AllocationId|Eip|EipId)\.?(NotFound|NotExists?)$/i;

/** Codes that leave open what does not exist; the message must name it. */
const openCode = /(NotFound|NotExists?|InvalidParameter(\.[A-Za-z]+)?|ResourceNotFound(\.[A-Za-z]+)?)$/i;

/** What is not found where these are named is something else than a segment or an EIP. */
const otherThings =
  /region|endpoint|account|accesskey|product|api|action|resourcegroup|zone|vpc|vswitch|user|role|policy|token/i;

const saysAbsent = /(not|n't) (exist|be found)|not found|does not exist/i;

/**
 * Whether a refusal says that what a request names does not exist: by a code that is about segments, instances or EIPs, or by a
 * code that leaves it open and a message that names the very id. What is said of regions, endpoints or accounts never does.
 *
 * @param ids - Segments and EIPs that the request names; without one nothing is absent.
 */
export function meansAbsent({ code, message, status = 0 }: Refusal, ids: readonly string[]): boolean {
  if (ids.length === 0 || status < 400 || status >= 500 || otherThings.test(code)) {
    return false;
  }
  const isNamed = ids.some((id) => message.includes(id)) && saysAbsent.test(message);
  return absentCode.test(code) || (openCode.test(code) && isNamed);
}
