/** `YYYY-MM-DDThh:mm:ssZ`, as the API writes times. */
export function formatApiTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
