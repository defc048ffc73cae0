import type { SegmentView } from "../../../simulator";
import type { Declaration } from "../engine-model";
import { addressFaults, commandFaults, touchedFaults } from "./command-faults";
import { type CommandEnd, segment, World } from "./world";

/** The commands of the matrix, in the order in which they end. */
export const stories = [
  ...(["up", "unchanged up", "update", "refresh", "replace", "destroy", "destroy and up"] as const),
  ...(["destroy again", "kill and up", "destroy after a kill", "kill and edited up"] as const),
] as const;

export type Story = (typeof stories)[number];

/** What became of one command of the stories. */
export interface StoryEnd {
  story: Story;
  ok: boolean;
  errors: readonly string[];
  lines: readonly string[];
  /** What must not be, in words. */
  faults: readonly string[];
}

const declared = (args: Record<string, unknown> = {}): Declaration[] => [
  segment("x", { bandwidth: 50, tags: { team: "a" }, ...args }),
];

const changed = { bandwidth: 80, tags: { team: "b" } };

/** Plays every story of the matrix in clouds that give these answers, beside segments of strangers. */
export async function playStories(answers: Readonly<Record<string, string>>): Promise<StoryEnd[]> {
  const undisturbed = await Play.in(answers, async (play) => {
    await play.up("up", declared());
    await play.up("unchanged up", declared());
    await play.up("update", declared(changed));
    await play.run("refresh", 1, (world) => world.refresh());
    await play.up("replace", declared({ ...changed, isp: "ChinaTelecom" }), 2);
    await play.run("destroy", 2, (world) => world.destroy());
    await play.up("destroy and up", declared());
    await play.run("destroy again", 2, (world) => world.destroy());
  });
  const killed = await Play.in(answers, async (play) => {
    await play.kill(declared());
    await play.up("kill and up", declared());
    await play.run("destroy after a kill", 2, (world) => world.destroy());
  });
  const edited = await Play.in(answers, async (play) => {
    await play.kill(declared());
    await play.up("kill and edited up", declared({ isp: "ChinaTelecom" }));
  });
  return [...undisturbed, ...killed, ...edited];
}

/** An old segment in use, an old one as declared, and a new one of another stack. */
export async function strangersIn(world: World): Promise<SegmentView[]> {
  const used = await world.stranger({ Bandwidth: "7" });
  await world.stranger({ Bandwidth: "50" });
  world.clock.advance(25 * 3_600_000);
  await world.use(used);
  const other = await world.stranger({ Bandwidth: "50" });
  world.clock.advance(60_000);
  await world.tag(other, { "pulumi-eip-segment": `eipseg-${"0".repeat(32)}-g0` });
  world.clock.advance(60_000);
  return world.segments();
}

/** Has the cloud give these answers, and provokes what does not happen without a cause. */
export function giveAnswers(world: World, answers: Readonly<Record<string, string>>): void {
  world.cloud.configure({ answers });
  if (answers["failed-allocation"] !== undefined) {
    world.cloud.addFault({ kind: "vanish", action: "AllocateEipSegmentAddress" });
  }
}

class Play {
  private readonly ends: StoryEnd[] = [];

  private constructor(
    private readonly world: World,
    private readonly strangers: readonly SegmentView[],
  ) {}

  static async in(
    answers: Readonly<Record<string, string>>,
    play: (stories: Play) => Promise<void>,
  ): Promise<StoryEnd[]> {
    const world = await World.start({ progression: { kind: "time", allocateMs: 4000, releaseMs: 3000 } });
    try {
      const playing = new Play(world, await strangersIn(world));
      giveAnswers(world, answers);
      await play(playing);
      return playing.ends;
    } finally {
      await world.stop();
    }
  }

  async kill(program: readonly Declaration[]): Promise<void> {
    await this.world.up(program, { kill: { action: "AllocateEipSegmentAddress", call: 1, moment: "after" } });
  }

  up(story: Story, program: readonly Declaration[], verbs = 1): Promise<void> {
    const { world } = this;
    return this.run(
      story,
      verbs,
      () => world.up(program),
      () => program.flatMap(({ name }) => addressFaults(world, name)),
    );
  }

  /**
   * Runs a command and judges what it did.
   *
   * @param verbs - Verbs that the command may run one after the other.
   */
  async run(
    story: Story,
    verbs: number,
    command: (world: World) => Promise<CommandEnd>,
    judgeSuccess: () => string[] = () => [],
  ): Promise<void> {
    const { world } = this;
    const end = await command(world);
    const { ok, errors, lines } = end;
    const faults = [
      ...commandFaults(end, verbs),
      ...touchedFaults(world, this.strangers),
      ...this.leaks(),
      ...(ok ? judgeSuccess() : []),
    ];
    this.ends.push({ story, ok, errors, lines, faults });
  }

  /** Segments that are paid for, and that neither the state nor a line names. */
  private leaks(): string[] {
    const { engine, printed } = this.world;
    const known = [...this.strangers.map(({ id }) => id), ...engine.entries.map(({ id }) => id)];
    return this.world
      .live()
      .filter((id) => !known.includes(id) && !printed.some((line) => line.includes(id)))
      .map((id) => `leaked ${id}`);
  }
}
