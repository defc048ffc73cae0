import type { Terminal } from "./terminal";

/** Marks up text for a terminal, or leaves it as it is. */
export interface Colours {
  bold: (text: string) => string;
  dim: (text: string) => string;
}

const codes = { bold: [1, 22], dim: [2, 22] } as const;

/** Colours only on a terminal that did not ask for none (https://no-color.org). */
export function coloursFor({ outputIsTerminal, environment }: Terminal): Colours {
  const plain = !outputIsTerminal || (environment.NO_COLOR ?? "") !== "" || environment.TERM === "dumb";
  const style = (name: keyof typeof codes) => {
    const [on, off] = codes[name];
    return (text: string) => (plain ? text : `\u001b[${on}m${text}\u001b[${off}m`);
  };
  return { bold: style("bold"), dim: style("dim") };
}
