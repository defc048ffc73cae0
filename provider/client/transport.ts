import type { Answer, Request } from "./answer";
import type { Credentials } from "./credentials";

/** Sends one try of a request and says how it ended. */
export interface Transport {
  /** @throws only the reason of an aborted `signal`. */
  send(request: Request, credentials: Credentials, signal?: AbortSignal): Promise<Answer>;
}
