import { catalogueEntry } from "../../provider/client/error-catalogue";
import { transportFailureOf } from "../../provider/client/exchange";
import type { Outcome } from "../../provider/client/types";
import type { Settings } from "../../provider/settings/settings";
import { agentFor, createTransport, proxyOf } from "../../provider/settings/transport";

export { agentFor, proxyOf };

/** Services that commands call; the provider itself never calls the last. */
export type RawService = "vpc" | "sts" | "quotas";

/** One request, by the API's own names. */
export interface RawRequest {
  /** @default vpc */
  service?: RawService;
  action: string;
  parameters?: Readonly<Record<string, unknown>>;
}

/** The reply as it came: the provider's typed client hides what `doctor` and `verify` are about. */
export type RawAnswer =
  | { kind: "reply"; body: Readonly<Record<string, unknown>>; requestId?: string | undefined }
  | {
      kind: "refusal";
      code: string;
      message: string;
      status?: number | undefined;
      requestId?: string | undefined;
      /** Whether the same request may succeed later: throttling, a failure of the service. */
      isTemporary: boolean;
      /** What the code means, and what to do. */
      explanation: string;
    }
  /** No usable response: `sent` says whether the request may have taken effect. */
  | { kind: "none"; reason: string; sent: boolean };

/** Sends one request without repeating it; rejects when there are no credentials. */
export type RawApi = (request: RawRequest) => Promise<RawAnswer>;

const versions: Readonly<Record<RawService, string>> = {
  vpc: "2016-04-28",
  sts: "2015-04-01",
  quotas: "2020-05-10",
};

/** Host of the Quota Center, which has one for all regions. */
export const quotasUrl = "https://quotas.aliyuncs.com";

/** Sends requests with the credentials, endpoints and timeouts that the provider would use in a region. */
export function openRawApi(settings: Settings, regionId: string): RawApi {
  const transport = createTransport(settings);
  return async ({ service = "vpc", action, parameters = {} }) => {
    const endpoint =
      service === "quotas" ? { url: quotasUrl, changedBy: "nothing" } : settings.endpoint(service, regionId);
    const answer = await transport.send(
      {
        action,
        endpoint,
        version: versions[service],
        parameters: service === "vpc" ? { RegionId: regionId, ...parameters } : parameters,
      },
      await settings.credentials.getCredentials(),
    );
    return rawAnswer(answer, service, action);
  };
}

function rawAnswer(answer: Outcome, service: RawService, action: string): RawAnswer {
  switch (answer.kind) {
    case "success":
      return {
        kind: "reply",
        body: answer.body as Readonly<Record<string, unknown>>,
        requestId: answer.requestId,
      };
    case "refusal": {
      const { code, message, status, requestId } = answer;
      const entry = catalogueEntry(action, code, status);
      const explanation = `${entry.says}. ${entry.remedy}`
        .replaceAll("{permission}", `${service}:${action}`)
        .replaceAll("{code}", encodeURIComponent(code))
        .replaceAll("{message}", () => message.replace(/[\s.]+$/, ""));
      const isTemporary = entry.class === "retry" || entry.class === "later";
      return { kind: "refusal", code, message, status, requestId, isTemporary, explanation };
    }
    case "transportFailure":
      return { kind: "none", reason: answer.reason, sent: answer.wasSent };
  }
}

/** What a connection error means, without any text of the error itself. */
export const connectionProblem = (error: unknown): string => transportFailureOf(error).reason;
