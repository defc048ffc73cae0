import { readFileSync } from "node:fs";
import { join } from "node:path";
import { startSimulator, type Simulator } from "../../simulator";
import { Consumer } from "./support/consumer";
import { serialisedProvider } from "./support/serialised-provider";

jest.setTimeout(180_000);

const fixture = (name: string): string => readFileSync(join(__dirname, "fixtures", name), "utf8");

let consumer: Consumer;

beforeAll(() => {
  consumer = new Consumer();
  consumer.install();
});

afterAll(() => {
  consumer.remove();
});

describe("a project that installed the tarball", () => {
  it("brings the dependencies at run time, and neither the SDK nor a test tool", () => {
    expect(consumer.has("node_modules/@alicloud/pop-core")).toBe(true);
    expect(consumer.has("node_modules/zod")).toBe(true);
    expect(consumer.has("node_modules/jest")).toBe(false);
    expect(consumer.has("node_modules/pulumi-alicloud-eip-segment/test")).toBe(false);
  });

  it("requires the class from CommonJS", () => {
    consumer.write("main.cjs", fixture("commonjs.cjs"));
    expect(consumer.run(process.execPath, "main.cjs").trim()).toBe("EipSegment function 0.1.0");
  });

  it("imports the class by name from an ES module", () => {
    consumer.write("main.mjs", fixture("es-module.mjs"));
    expect(consumer.run(process.execPath, "main.mjs").trim()).toBe("EipSegment function");
  });

  it("loads neither the client of the cloud nor the validation for a program that looks nothing up", () => {
    const loaded = `require("pulumi-alicloud-eip-segment"); console.log(Object.keys(require.cache).join("\\n"))`;
    const files = consumer.run(process.execPath, "-e", loaded);
    expect(files).toContain("get-eip-segment");
    expect(files).not.toMatch(/provider.(lookup|handlers|client|inputs)|node_modules.(zod|@alicloud)/);
  });

  it("names its errors as the source does: handlers tell them apart by name", () => {
    const file = join(
      consumer.folder,
      "node_modules/pulumi-alicloud-eip-segment/dist/provider/util/errors.js",
    );
    const script = `console.log(new (require(${JSON.stringify(file)}).ConfigurationError)("").name)`;
    expect(consumer.run(process.execPath, "-e", script).trim()).toBe("ConfigurationError");
  });

  it("is refused a path that the package does not export", () => {
    const deep = `require("pulumi-alicloud-eip-segment/dist/provider/index.js")`;
    expect(() => consumer.run(process.execPath, "-e", deep)).toThrow("ERR_PACKAGE_PATH_NOT_EXPORTED");
  });
});

describe("the declarations", () => {
  const strict = { strict: true, noEmit: true, lib: ["es2018"], types: [] };

  it.each([
    [
      "5.9 as a Node.js module",
      "typescript/lib/typescript.js",
      { module: "node16", moduleResolution: "node16" },
    ],
    ["5.9 for a bundler", "typescript/lib/typescript.js", { module: "esnext", moduleResolution: "bundler" }],
    [
      "3.8, which Pulumi brings",
      "@pulumi/pulumi/vendor/typescript@3.8.3/typescript.js",
      { module: "commonjs", moduleResolution: "node" },
    ],
  ])("type a program under TypeScript %s", (_, compiler, options) => {
    const program = consumer.write("program.ts", fixture("program.ts"));
    expect(consumer.typeCheck(compiler, { ...strict, target: "es2018", ...options }, program)).toMatch(
      / 0 problems, TypeScript (5\.9|3\.8)/,
    );
  });

  it("refuse what no segment takes", () => {
    const program = consumer.write("wrong-program.ts", fixture("wrong-program.ts"));
    const options = { ...strict, target: "es2018", module: "node16", moduleResolution: "node16" };
    expect(consumer.typeCheck("typescript/lib/typescript.js", options, program)).toMatch(/ 0 problems/);
  });
});

describe("the provider that a state holds as text", () => {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator({ rateLimits: false });
  });

  afterAll(async () => {
    await simulator.stop();
  });

  it("creates a segment in a bare process, from the folder of a program that installed the package", async () => {
    consumer.write("provider.txt", serialisedProvider());
    consumer.write("create.mjs", fixture("create.mjs"));
    const printed = await consumer.start(simulator.environment, process.execPath, "create.mjs");
    const [segment] = simulator.segments();
    expect(JSON.parse(printed)).toMatchObject({
      id: segment?.id,
      outs: { cidrBlock: segment?.cidrBlock, ipCount: 16, status: "Allocated" },
    });
  });
});
