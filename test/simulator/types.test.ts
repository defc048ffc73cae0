import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "../..");
let built = "";

/** Compiles the simulator alone, as the build does. */
beforeAll(() => {
  built = mkdtempSync(join(tmpdir(), "eip-segment-simulator-"));
  symlinkSync(join(root, "node_modules"), join(built, "node_modules"), "junction");
  writeFileSync(
    join(built, "tsconfig.json"),
    JSON.stringify({
      extends: join(root, "tsconfig.build.json"),
      compilerOptions: { rootDir: root, outDir: built, typeRoots: [join(root, "node_modules/@types")] },
      include: [join(root, "simulator")],
    }),
  );
  execFileSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", built]);
}, 120_000);
afterAll(() => {
  rmSync(built, { recursive: true });
});

test("the types that users see do not depend on zod", () => {
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const [, name = ""] of readFileSync(file, "utf8").matchAll(/from "([^"]+)"/g)) {
      expect(name).not.toBe("zod");
      if (name.startsWith(".")) visit(join(file, "..", `${name}.d.ts`));
    }
  };
  visit(join(built, "simulator/index.d.ts"));
  expect(seen.size).toBeGreaterThan(5);
});
