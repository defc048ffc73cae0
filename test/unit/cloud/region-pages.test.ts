import { RegionPages } from "../../../provider/cloud/region-pages";
import { VirtualClock } from "../../support/virtual-clock";
import { RegionCloud } from "./support/region-cloud";

/** A region with `count` segments, and how it was asked: for a page, or for one segment. */
function regionOf(count: number) {
  const cloud = new RegionCloud(new VirtualClock());
  for (let index = 0; index < count; index++) {
    cloud.add(`eipsg-${index}`, 0);
  }
  const pages = new RegionPages(cloud.api, "cn-hangzhou");
  const look = (alone: boolean, ...ids: string[]) => pages.look(new Set(ids), alone, Infinity);
  const asked = () => cloud.calls.map(({ segmentId, pageNumber }) => segmentId ?? pageNumber);
  return { asked, look };
}

describe("a look at a region", () => {
  it("asks for the one segment that anybody waits for", async () => {
    const { asked, look } = regionOf(3);
    const { segments, isAbsent } = await look(true, "eipsg-1");
    expect([...segments.keys()]).toEqual(["eipsg-1"]);
    expect(asked()).toEqual(["eipsg-1"]);
    expect(["eipsg-1", "eipsg-0", "eipsg-gone"].map(isAbsent)).toEqual([false, false, false]);
  });

  it("says that the one segment is not there, and nothing of others", async () => {
    const { isAbsent, segments } = await regionOf(3).look(true, "eipsg-gone");
    expect(segments.size).toBe(0);
    expect(["eipsg-gone", "eipsg-other"].map(isAbsent)).toEqual([true, false]);
  });

  it("reads a page for several segments, and for one while others are waited for", async () => {
    const { asked, look } = regionOf(3);
    expect([...(await look(false, "eipsg-0")).segments.keys()]).toHaveLength(3);
    await look(false, "eipsg-0", "eipsg-2");
    expect(asked()).toEqual([1, 1]);
  });

  it("asks for one segment by itself once the first page was seen without it", async () => {
    const { asked, look } = regionOf(60);
    await look(false, "eipsg-0", "eipsg-1");
    await look(false, "eipsg-55");
    await look(false, "eipsg-49");
    expect(asked()).toEqual([1, "eipsg-55", 1]);
  });

  it("reads no further than what is looked for, and concludes nothing from what it left out", async () => {
    const { asked, look } = regionOf(120);
    const { isAbsent } = await look(false, "eipsg-0", "eipsg-60");
    expect(asked()).toEqual([1, 2]);
    expect(["eipsg-110", "eipsg-gone"].map(isAbsent)).toEqual([false, false]);
  });

  it("concludes from a whole list what is not in it", async () => {
    const { asked, look } = regionOf(60);
    const { isAbsent } = await look(false, "eipsg-gone", "eipsg-0");
    expect(asked()).toEqual([1, 2]);
    expect(["eipsg-gone", "eipsg-59"].map(isAbsent)).toEqual([true, false]);
  });
});
