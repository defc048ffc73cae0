import { runCli } from "./run-cli";

/** Runs the simulator and, while it is up, asks it something through the environment that it printed. */
export async function whileUp<T>(argv: string[], ask: (environment: Record<string, string>) => Promise<T>) {
  let answer: T | undefined;
  let onOut: (text: string) => void = () => undefined;
  const printed = new Promise<string>((resolve) => {
    onOut = resolve;
  });
  const ended = await runCli(["simulate", ...argv], {
    untilInterrupted: async () => {
      answer = await ask(environmentOf(await printed));
    },
    onOut,
  });
  return { ...ended, answer };
}

/** Variables in the output of `simulate`. */
export const environmentOf = (out: string): Record<string, string> =>
  Object.fromEntries(
    [...out.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name = "", value = ""]) => [name, value]),
  );
