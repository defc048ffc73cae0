import { execFile, execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";

/** Root folder of the repository. */
export const repository = resolve(__dirname, "..", "..", "..");

/** What starts npm: on Windows a batch file, which Node.js starts only through a shell; `npm test` names the script behind it. */
export const npmCommand: readonly [string, ...string[]] =
  process.platform === "win32" ? [process.execPath, process.env.npm_execpath ?? ""] : ["npm"];

/** A project outside the repository that installed this package from its tarball, as a user does. */
export class Consumer {
  readonly folder = mkdtempSync(join(tmpdir(), "eip-segment-consumer-"));
  readonly tarball: string;
  /** Paths in the tarball, below its root. */
  readonly files: readonly string[];
  /** Bytes of all files together. */
  readonly unpackedSize: number;

  constructor() {
    this.write("package.json", JSON.stringify({ name: "consumer", private: true }));
    // dist/ is built before the tests run, and others use it while this test runs.
    const pack = ["pack", "--json", "--ignore-scripts", "--pack-destination", this.folder, repository];
    const [packed] = JSON.parse(this.run(...npmCommand, ...pack)) as {
      filename: string;
      unpackedSize: number;
      files: { path: string }[];
    }[];
    if (packed === undefined) {
      throw new Error("npm pack packed nothing.");
    }
    this.tarball = join(this.folder, packed.filename);
    this.unpackedSize = packed.unpackedSize;
    this.files = packed.files.map(({ path }) => path);
  }

  /** Installs the tarball with its dependencies; the SDK is the repository's. */
  install(): void {
    const options = ["--no-audit", "--no-fund", "--prefer-offline", "--legacy-peer-deps"];
    this.run(...npmCommand, "install", ...options, this.tarball);
    symlinkSync(
      join(repository, "node_modules", "@pulumi"),
      join(this.folder, "node_modules", "@pulumi"),
      "junction",
    );
  }

  write(name: string, text: string): string {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  has(name: string): boolean {
    return existsSync(join(this.folder, name));
  }

  /** Runs a command in the project's folder and returns what it printed. @throws with its output when it fails */
  run(command: string, ...args: string[]): string {
    try {
      return execFileSync(command, args, { cwd: this.folder, encoding: "utf8", stdio: "pipe" });
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      throw new Error(`${[command, ...args].join(" ")} failed:\n${stdout}${stderr}`, { cause: error });
    }
  }

  /** As {@link Consumer.run}, for a command that asks something of this very process, and with more environment. */
  async start(variables: Record<string, string>, command: string, ...args: string[]): Promise<string> {
    const env = { ...process.env, ...variables };
    const { stdout } = await promisify(execFile)(command, args, { cwd: this.folder, env });
    return stdout;
  }

  /** Type-checks files with one of the compilers in the repository, and returns its last line. */
  typeCheck(compiler: string, options: Record<string, unknown>, ...files: string[]): string {
    const script = join(repository, "test", "package", "support", "type-check.mjs");
    const library = join(repository, "node_modules", compiler);
    const printed = this.run(process.execPath, script, library, JSON.stringify(options), ...files);
    return printed.trim().split("\n").at(-1) ?? "";
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
