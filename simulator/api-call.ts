import { answeredBody, answeredParameters, replyInstead } from "./answers";
import { ApiError, apiError } from "./api-error";
import { checkMandatory, formatOf, regionOf, route } from "./call-checks";
import type { TokenScope } from "./remembered-token";
import type { Cloud } from "./cloud";
import { type CallOutcome, outcomeAfter, outcomeBefore } from "./fault-outcome";
import type { Fault } from "./faults";
import { newRequestId } from "./ids";
import type { Operation, OperationContext } from "./operation";
import type { SimulatorAccount } from "./options";
import { Parameters } from "./parameters";
import { checkRam } from "./ram";
import { errorReply, type HttpReply, successReply } from "./reply";
import type { ReplyBody } from "./reply-body";
import type { ApiRequest } from "./request";
import { businessParameters, type OpenLogEntry } from "./request-log";
import { algorithmV3 } from "./signature-v3";

/**
 * One call from arrival to answer: gateway checks, faults, limits, token, the operation itself, and the log entry.
 * Every change of state happens between two awaits, so calls never see each other half done.
 */
export class ApiCall {
  readonly entry: OpenLogEntry;

  constructor(
    private readonly cloud: Cloud,
    private readonly request: ApiRequest,
  ) {
    const parameters = businessParameters(request.parameters);
    this.entry = {
      sequence: cloud.log.length + 1,
      at: cloud.now(),
      method: request.method,
      signature: request.isV3 ? algorithmV3 : request.parameters.get("SignatureVersion"),
      action: request.action,
      regionId: parameters.RegionId,
      accountId: undefined,
      parameters,
      status: 0,
      code: undefined,
      requestId: newRequestId(),
      durationMs: 0,
      fault: undefined,
    };
    cloud.log.push(this.entry);
  }

  /** Runs the call and completes its log entry. */
  async answer(): Promise<CallOutcome> {
    const outcome = await this.run();
    if (outcome.kind === "reply") {
      this.entry.status = outcome.reply.status;
      this.entry.code = outcome.reply.code;
    }
    this.entry.durationMs = this.cloud.now() - this.entry.at;
    return outcome;
  }

  private async run(): Promise<CallOutcome> {
    const { cloud, request, entry } = this;
    try {
      const operation = route(request);
      const account = cloud.authenticator.authenticate(request);
      entry.accountId = account.accountId;
      const fault = cloud.faults.take(entry.action, entry.parameters);
      entry.fault = fault?.kind;
      const early = outcomeBefore(fault);
      if (early !== undefined) return early;
      const reply = await this.replyOf(operation, account, fault);
      if (reply === undefined) return { kind: "drop" };
      const verdict = await cloud.holds.pass("after", entry.action, entry.parameters);
      return verdict === "drop" ? { kind: "drop" } : outcomeAfter(fault, reply);
    } catch (error) {
      return { kind: "reply", reply: this.refuse(error) };
    }
  }

  /** The operation's reply or refusal; undefined when a hold dropped the call before its effect. */
  private async replyOf(
    operation: Operation,
    account: SimulatorAccount,
    fault: Fault | undefined,
  ): Promise<HttpReply | undefined> {
    const { cloud, request, entry } = this;
    try {
      cloud.rateLimiter.admit(account.accountId, entry.action);
      const { action } = entry;
      const parameters = new Parameters(answeredParameters(cloud.isAnswered, action, entry.parameters));
      checkRam({ cloud, account, action, operation, parameters });
      checkMandatory(parameters, operation);
      const regionId = regionOf(parameters, operation);
      const context = { cloud, account, parameters, regionId, vanishes: fault?.kind === "vanish" };
      const body = await this.takeEffect(operation, context);
      if (body === undefined) return undefined;
      const answered = answeredBody(cloud.isAnswered, action, entry.parameters, body);
      return successReply(action, entry.requestId, answered, formatOf(request));
    } catch (error) {
      return this.refuse(error);
    }
  }

  private async takeEffect(operation: Operation, context: OperationContext): Promise<ReplyBody | undefined> {
    const { cloud, entry } = this;
    const scope = operation.remembersToken === true ? this.tokenScope(context) : undefined;
    const remembered = scope && cloud.clientTokens.begin(scope);
    try {
      const verdict = await cloud.holds.pass("before", entry.action, entry.parameters);
      if (verdict === "drop") return undefined;
      cloud.store.settle();
      const replay = operation.replay ?? (() => remembered);
      const again = remembered && replay(context, remembered);
      if (again !== undefined) return again;
      const body = replyInstead(context, entry.action) ?? operation.run(context);
      if (scope !== undefined) cloud.clientTokens.complete(scope, body);
      return body;
    } catch (error) {
      if (scope !== undefined) cloud.clientTokens.refuse(scope, error);
      throw error;
    } finally {
      if (scope !== undefined) cloud.clientTokens.end(scope);
    }
  }

  private tokenScope({ account, parameters, regionId }: OperationContext): TokenScope | undefined {
    const token = parameters.filled("ClientToken");
    const { action, parameters: all } = this.entry;
    return token === undefined
      ? undefined
      : { accountId: account.accountId, regionId, action, token, parameters: all };
  }

  private refuse(error: unknown): HttpReply {
    const refusal =
      error instanceof ApiError
        ? error
        : apiError("InternalError", `Error in the simulator: ${String(error)}`);
    const hostId = this.request.headers.host?.replace(/:\d+$/, "") ?? "";
    return errorReply(refusal, this.entry.requestId, hostId, formatOf(this.request));
  }
}
