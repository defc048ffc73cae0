import type { EngineEvent } from "./engine-types";

/** Messages the run printed for the user, each once and without the line break at its end. */
export function messagesOf({ events }: { events: readonly EngineEvent[] }, severity?: string): string[] {
  const messages = events.flatMap(({ diagnosticEvent }) =>
    diagnosticEvent !== undefined && (severity === undefined || diagnosticEvent.severity === severity)
      ? [diagnosticEvent.message.trim()]
      : [],
  );
  return [...new Set(messages)];
}

/** How many resources the run did what with, such as `{ create: 1, same: 1 }`; the stack itself is one of them. */
export function changesOf({ events }: { events: readonly EngineEvent[] }): Record<string, number> {
  return events.find(({ summaryEvent }) => summaryEvent !== undefined)?.summaryEvent?.resourceChanges ?? {};
}
