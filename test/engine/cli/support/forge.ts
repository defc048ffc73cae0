import { createServer, type IncomingHttpHeaders } from "node:http";
import { text } from "node:stream/consumers";
import { listenOnLoopback } from "./loopback";

/** A request that a pipeline sent to its forge. */
export interface ForgeRequest {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A stand-in for the web APIs of GitHub, GitLab and Codeup: gives out OIDC tokens and takes comments. */
export interface Forge {
  url: string;
  readonly requests: ForgeRequest[];
  stop: () => void;
}

/** The token that the forge gives out. */
export const idToken = "header.payload.signature";

export async function startForge(): Promise<Forge> {
  const requests: ForgeRequest[] = [];
  const server = createServer((incoming, response) => {
    void text(incoming).then((body) => {
      const { method = "", url = "", headers } = incoming;
      requests.push({ method, url, headers, body });
      response.end(JSON.stringify(answer(url, requests)));
    });
  });
  const { host, stop } = await listenOnLoopback(server);
  return {
    url: `http://${host}`,
    requests,
    stop,
  };
}

/** Notes that were posted are listed again; merge requests have no labels; all else gets a token. */
function answer(url: string, requests: readonly ForgeRequest[]): unknown {
  if (url.includes("/commits/") && url.endsWith("/merge_requests")) return [{ labels: [] }];
  if (!url.includes("/notes?")) return { value: idToken };
  const posted = requests.filter(({ method }) => method === "POST");
  return posted.map(({ body }, index) => ({ id: index + 1, body: new URLSearchParams(body).get("body") }));
}
