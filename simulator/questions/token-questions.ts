import type { Question } from "./question";

/** What a ClientToken of AllocateEipSegmentAddress does. */
export const tokenQuestions = {
  "token-memory": {
    asks: "How long is a ClientToken remembered?",
    documented: "A repeated token returns the first response. No duration is given.",
    assumed: "24 hours, per account, region and operation",
    measured: "Allocate again with the same token, at once and after 15 s",
    alternatives: {
      none: {
        is: "not at all",
        handled: "A killed run's segment is named by the next run. Nothing else depends on it.",
      },
      seconds: { is: "10 seconds", handled: "As above, for runs that start later." },
      forever: { is: "for ever", handled: "Each released generation is skipped." },
    },
  },
  "token-after-release": {
    asks: "What does a token return once its segment is released?",
    documented: "nothing",
    assumed: "the id of the released segment",
    measured: "Allocate with the token of a released segment",
    alternatives: {
      refused: {
        is: "an error with an undocumented code",
        handled: "Stops, and names eipSegment:tokenSalt.",
      },
      exists: { is: "InstanceExist.EipSegment without an id", handled: "Tries the next generation." },
      "new-segment": { is: "a new segment", handled: "Uses it." },
    },
  },
  "token-of-live-segment": {
    asks: "What does a repeated token return while its segment exists?",
    documented: "the same response as the first request",
    assumed: "the id of the segment",
    measured: "Allocate again with the same token",
    alternatives: {
      "exists-named": { is: "InstanceExist.EipSegment with the id in its message", handled: "Uses that id." },
      exists: {
        is: "InstanceExist.EipSegment without an id",
        handled: "Tries the next generation, and stops where an unclaimed segment may be its own.",
      },
    },
  },
  "token-with-other-settings": {
    asks: "What does a repeated token return when other parameters differ?",
    documented: "IdempotentParameterMismatch",
    assumed: "IdempotentParameterMismatch",
    measured: "Allocate with the same token and another bandwidth",
    alternatives: {
      "old-segment": {
        is: "the id of the first segment; parameters are not compared",
        handled: "Compares the segment with the declaration, and stops where it differs.",
      },
      "new-segment": {
        is: "a new segment; the parameters count as part of the token",
        handled: "Uses it, and names what a killed run left.",
      },
    },
  },
  "token-of-refused-request": {
    asks: "Is a refusal remembered under its token?",
    documented: "Only successful requests are mentioned.",
    assumed: "no",
    measured: "Allocate with an invalid bandwidth, twice with one token",
    alternatives: {
      again: { is: "The same refusal is returned.", handled: "Names eipSegment:tokenSalt with the refusal." },
      failed: {
        is: "IdempotentFailed, as other products of the vendor return (read 2026-11-25)",
        handled: "Tries the next generation after a search for unclaimed segments.",
      },
    },
  },
  "token-in-progress": {
    asks: "What does a token return while its first request is under way?",
    documented: "nothing for this product",
    assumed: "LastTokenProcessing",
    measured: "Two requests with one token at the same time",
    alternatives: {
      processing: {
        is: "IdempotentProcessing, as other products return (read 2026-11-25)",
        handled: "Repeats the request, as for LastTokenProcessing.",
      },
    },
  },
} as const satisfies Record<string, Question>;
