import { runCli } from "./support/run-cli";

describe("help", () => {
  it("lists the commands and the exit codes", async () => {
    const { out, err, exitCode } = await runCli(["--help"]);
    expect(exitCode).toBe(0);
    expect(err).toBe("");
    for (const word of ["report", "list", "orphans", "doctor", "simulate"])
      expect(out).toMatch(new RegExp(`^  ${word} `, "m"));
    expect(out).toContain("3  report --fail-on-loss: addresses would be lost");
  });

  it.each(["report", "list", "orphans", "doctor", "simulate"])(
    "exists for %s, with exit codes",
    async (command) => {
      const { out, exitCode } = await runCli([command, "--help"]);
      expect(exitCode).toBe(0);
      expect(out).toContain(`Usage: eip-segment ${command}`);
      expect(out).toContain("2  the command line is invalid");
    },
  );

  it.each(["", "report", "orphans", "doctor", "simulate"])(
    "has commands of %s that run where the package is installed in a project",
    async (command) => {
      const { out } = await runCli([...(command === "" ? [] : [command]), "--help"]);
      const text = out.replace(/\s+/g, " ");
      expect(text).toMatch(/npx --no eip-segment [a-z]/);
      expect(text).not.toMatch(/(?<!npx --no |Usage: )\beip-segment [a-z]/);
    },
  );

  it("is shown on the error output, with exit code 2, when no command is given", async () => {
    const { out, err, exitCode } = await runCli([]);
    expect(exitCode).toBe(2);
    expect(out).toBe("");
    expect(err).toContain("Usage: eip-segment");
  });
});

describe("a wrong command line", () => {
  it.each([
    [["reprot"], "(Did you mean report?)"],
    [["report", "--jsn"], "(Did you mean --json?)"],
    [["simulate", "--quota", "many"], "It must be a whole number."],
    [["simulate", "--reserved", "2"], "Allowed choices are 0, 1, 3, 4."],
    [["list", "everything"], "too many arguments"],
  ])("%j ends with 2 and says what is wrong", async (argv, reason) => {
    const { out, err, exitCode } = await runCli(argv);
    expect(exitCode).toBe(2);
    expect(out).toBe("");
    expect(err).toContain(reason);
  });
});

it("tells its version", async () => {
  expect((await runCli(["--version"])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
});
