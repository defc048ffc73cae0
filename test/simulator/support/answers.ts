import type { Question } from "../../../simulator/questions/question";
import type { EipReply } from "./pop-client";
import type { SimulatorContext } from "./use-simulator";

/** What is asked of the cloud, what it says by default, and what it says under each alternative. */
export type Measurement = readonly [
  ask: () => Promise<unknown>,
  byDefault: unknown,
  byAlternative: Record<string, unknown>,
];

/** What measurements ask. */
export function probe(context: SimulatorContext) {
  const segment = async (id?: string): Promise<Readonly<Record<string, string>> | undefined> => {
    const filter = id === undefined ? {} : { SegmentInstanceId: id };
    const reply = await context.call("DescribeEipSegment", filter);
    return reply.EipSegments.EipSegment[0];
  };
  const eips = async (parameters: Record<string, string> = {}): Promise<readonly EipReply[]> => {
    const reply = await context.call("DescribeEipAddresses", { PageSize: "100", ...parameters });
    return reply.EipAddresses.EipAddress;
  };
  /** The code of a refusal, or the segment that the reply names. */
  const outcome = async (action: string, parameters: Record<string, string>): Promise<string | undefined> => {
    try {
      return (await context.call(action, parameters)).EipSegmentInstanceId;
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  return {
    segment,
    eips,
    eip: async (): Promise<EipReply | undefined> => (await eips())[0],
    outcome,
    allocation: (parameters: Record<string, string> = { ClientToken: "t" }): Promise<string | undefined> =>
      outcome("AllocateEipSegmentAddress", { EipMask: "28", ...parameters }),
    release: (id = ""): Promise<string | undefined> =>
      outcome("ReleaseEipSegmentAddress", { SegmentInstanceId: id }),
    slowly: (): void => {
      context.simulator.setProgression({ kind: "time", allocateMs: 1000, releaseMs: 1000 });
    },
    withChanged: async (action: string, parameters: Record<string, string>): Promise<string | undefined> => {
      const [AllocationId = ""] = context.allocationIds(await context.allocate());
      return outcome(action, { AllocationId, ...parameters });
    },
  };
}

/** Makes sure that each alternative of the questions can be measured, and what is assumed too. */
export function testAnswers(
  context: SimulatorContext,
  questions: Readonly<Record<string, Question>>,
  measurements: Readonly<Record<string, Measurement>>,
): void {
  test("every question has a measurement", () => {
    expect(Object.keys(measurements).sort()).toEqual(Object.keys(questions).sort());
  });

  test.each(Object.entries(measurements))(
    "%s is answered as assumed by default",
    async (_, [ask, byDefault]) => {
      expect(await ask()).toEqual(byDefault);
    },
  );

  const alternatives = Object.entries(measurements).flatMap(([question, measurement]) =>
    Object.keys(questions[question]?.alternatives ?? {}).map(
      (name) => [question, name, measurement] as const,
    ),
  );
  test.each(alternatives)("%s is answered by %s", async (question, name, [ask, byDefault, byAlternative]) => {
    context.simulator.configure({ answers: { [question]: name } });
    const measured = await ask();
    expect(measured).toEqual(byAlternative[name]);
    expect(measured).not.toEqual(byDefault);
  });
}
