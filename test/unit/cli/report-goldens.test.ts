import { previewFile, previewNames } from "./support/previews";
import { runCli } from "./support/run-cli";

describe("the report on a preview that the real engine printed", () => {
  it("covers at least twelve of them", () => {
    expect(previewNames.length).toBeGreaterThanOrEqual(12);
  });

  it.each(previewNames)("is as expected for %s", async (name) => {
    const { out, err, exitCode } = await runCli(["report", "--no-check", previewFile(name)]);
    expect(`${out}\n(exit code ${exitCode}) ${err}`).toMatchSnapshot();
  });

  it.each(["mask-changed-in-steps", "secret-outputs", "release-pending", "unknown-mask"])(
    "is as expected in JSON for %s",
    async (name) => {
      const { out } = await runCli(["report", "--no-check", "--json", previewFile(name)]);
      expect(JSON.parse(out)).toMatchSnapshot();
    },
  );
});
