import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ReleasedSegmentsFile } from "../../../provider/cloud/released-segments";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "released-segments-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const file = () => join(folder, "below", "ids.txt");

it("ids of released segments are known to the next process", () => {
  new ReleasedSegmentsFile(file()).add("eipsg-1");
  new ReleasedSegmentsFile(file()).add("eipsg-2");
  const known = new ReleasedSegmentsFile(file());
  expect([known.has("eipsg-1"), known.has("eipsg-2"), known.has("eipsg-3")]).toEqual([true, true, false]);
});

it("a file that cannot be read or written, or holds something else, is no error", () => {
  const unusable = new ReleasedSegmentsFile(folder);
  unusable.add("eipsg-1");
  expect([unusable.has("eipsg-1"), unusable.has("eipsg-2")]).toEqual([true, false]);
  const other = join(folder, "other.txt");
  writeFileSync(other, "\u0000 not an id\nsecret eipsg-9\neipsg-4\n");
  const known = new ReleasedSegmentsFile(other);
  expect([known.has("eipsg-9"), known.has("eipsg-4")]).toEqual([false, true]);
});

it("the file stays small: the newest ids are kept", () => {
  const known = new ReleasedSegmentsFile(file());
  for (let id = 0; id < 1500; id++) known.add(`eipsg-${id}`);
  expect(readFileSync(file(), "utf8").split("\n").length).toBeLessThanOrEqual(1001);
  expect(new ReleasedSegmentsFile(file()).has("eipsg-1499")).toBe(true);
  expect(new ReleasedSegmentsFile(file()).has("eipsg-0")).toBe(false);
});
