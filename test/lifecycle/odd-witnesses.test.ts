import { rewrite, rewriteNoMore, type Row, rewriteRows } from "./support/rewritten-answers";
import { useWorld } from "./support/use-world";
import { segment } from "./support/world";

/** Witnesses of a segment's existence that contradict each other. */

const context = useWorld();

const idOf = (name = "x"): string => context.world.engine.entry(name)?.id ?? "";

afterEach(rewriteNoMore);

it("ends a destroy although the cloud refuses to list EIPs by their ids", async () => {
  const { world } = context;
  await world.upWell([segment()]);
  rewrite((request, answer) =>
    request.action === "DescribeEipAddresses" && request.parameters.AllocationId !== undefined
      ? { kind: "refusal", code: "OperationDenied", message: "no", status: 400 }
      : answer,
  );
  const { errors } = await world.destroy();
  expect([errors, world.live()]).toEqual([[], []]);
});

it("believes the row of a segment that exists, where another says Released", async () => {
  const { world } = context;
  rewrite((request, answer) => {
    if (request.action !== "DescribeEipSegment" || answer.kind !== "success") return answer;
    const rows = (answer.body as { EipSegments: { EipSegment: Row[] } }).EipSegments.EipSegment;
    const all = rows.flatMap((row) => [{ ...row, Status: "Released" }, row]);
    return { ...answer, body: { TotalCount: all.length, EipSegments: { EipSegment: all } } };
  });
  await world.upWell([segment()]);
  await world.refresh();
  expect(idOf()).toBe(world.live()[0]);
  expect((await world.destroy()).errors).toEqual([]);
  expect(world.live()).toEqual([]);
});

it("keeps a segment that is not listed, where its EIPs are not listed by their ids but by its own", async () => {
  const { world } = context;
  await world.upWell([segment()]);
  rewriteRows("DescribeEipSegment", (row) => ({ ...row, InstanceId: "eipsg-other" }));
  rewrite((request, answer) =>
    request.action === "DescribeEipAddresses" && String(request.parameters.AllocationId).includes(",")
      ? { kind: "success", body: { TotalCount: 0, EipAddresses: { EipAddress: [] } } }
      : answer,
  );
  await world.refresh();
  expect(idOf()).toBe(world.live()[0]);
});

it("releases segments beside the accepted one that were listed as Releasing for a moment", async () => {
  const { world } = context;
  let n = 0;
  rewriteRows("DescribeEipSegment", (row) => ({ ...row, Status: n++ < 2 ? "Releasing" : row.Status }));
  await world.upWell([segment()]);
  expect(world.live()).toEqual([idOf()]);
});
