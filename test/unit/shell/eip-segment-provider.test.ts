import type { Verbs } from "../../../provider/util/verbs";
import { eipSegmentProvider } from "../../../provider/shell/eip-segment-provider";

/** What the engine says to each verb, in its order. */
const said: Record<keyof Verbs, string[]> = {
  check: ["olds", "news"],
  diff: ["id", "olds", "news"],
  create: ["inputs"],
  read: ["id", "props"],
  update: ["id", "olds", "news"],
  delete: ["id", "props"],
};

type Verb = (...args: unknown[]) => Promise<unknown>;

it.each(Object.entries(said))(
  "the stored provider hands %s on to the installed package, after the stack's configuration",
  async (verb, args) => {
    const answering: Verb = (...asked) => Promise.resolve({ answer: asked });
    const stored = { ...eipSegmentProvider, handlers: () => ({ [verb]: answering }) } as unknown as {
      configure: Verb;
    } & Record<string, Verb>;
    await stored.configure({ config: "configuration" });
    expect(await stored[verb]?.(...args)).toEqual({ answer: ["configuration", ...args] });
  },
);
