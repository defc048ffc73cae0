import type { ApiRequest, Outcome } from "../../../provider/client/types";
import { wire } from "./provider-process";

type Rewrite = (request: ApiRequest, answer: Outcome) => Outcome;

const sendOnly = wire.send.bind(wire);
const rewrites: Rewrite[] = [];

/** Rewrites what the cloud answers from now on. */
export function rewrite(change: Rewrite): void {
  rewrites.push(change);
  jest.spyOn(wire, "send").mockImplementation(async (request, credentials) => {
    const answer = await sendOnly(request, credentials);
    return rewrites.reduce((changed, one) => one(request, changed), answer);
  });
}

/** Lets the cloud answer as it does. */
export function rewriteNoMore(): void {
  rewrites.length = 0;
  jest.restoreAllMocks();
}

/** A row of a list, under the API's names. */
export type Row = Record<string, unknown>;

/** Rewrites the rows of a list. */
export function rewriteRows(action: string, change: (row: Row, request: ApiRequest) => Row): void {
  const [list, rows] =
    action === "DescribeEipSegment" ? ["EipSegments", "EipSegment"] : ["EipAddresses", "EipAddress"];
  rewrite((request, answer) => {
    if (request.action !== action || answer.kind !== "success") return answer;
    const body = answer.body as Record<string, Record<string, Row[]>>;
    const changed = (body[list]?.[rows] ?? []).map((row) => change(row, request));
    return { ...answer, body: { ...body, [list]: { [rows]: changed } } };
  });
}
