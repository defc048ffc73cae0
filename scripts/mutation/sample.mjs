// A random sample of the mutants, for when there is no time for all of them: MUTATION_SHARE=0.2 npm run mutation
import { createHash } from "node:crypto";

export const share = Number(process.env.MUTATION_SHARE ?? 1);
const seed = process.env.MUTATION_SEED ?? "1";

/** Which mutants are taken follows from the seed and from what they are, so that a run can be repeated. */
class Sample {
  async init() {}

  async check(mutants) {
    return Object.fromEntries(mutants.map((mutant) => [mutant.id, isTaken(mutant) ? taken : left]));
  }

  group(mutants) {
    return [mutants.map(({ id }) => id)];
  }
}

const taken = { status: "passed" };
// What does not compile is in no score, which is what Stryker has to say that a mutant is not looked at.
const left = { status: "compileError", reason: "not in the sample" };

function isTaken({ fileName, location, mutatorName, replacement }) {
  const file = fileName.slice(fileName.lastIndexOf("provider"));
  const identity = JSON.stringify([seed, file, location, mutatorName, replacement]);
  return createHash("sha256").update(identity).digest().readUInt32BE() < share * 2 ** 32;
}

export const strykerPlugins = [{ kind: "Checker", name: "sample", injectableClass: Sample }];
