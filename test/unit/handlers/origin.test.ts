import { OriginReader } from "../../../provider/handlers/origin";

const held = [{ urn: "urn:pulumi:a", segmentId: "eipsg-1", clientToken: "eipseg-1-g0" }];
const origin = (name: string, checkpoint: unknown) => ({
  organization: "organization",
  urn: `urn:pulumi:${name}`,
  secrets: [],
  checkpoint,
});

describe("what a program says about its resources", () => {
  it("is the same whether the checkpoint comes as text or, from earlier versions, as an object", () => {
    const checkpoint = { readable: true, held };
    const [text, object] = [JSON.stringify(checkpoint), checkpoint].map((said) =>
      new OriginReader().read(origin("a", said)),
    );
    expect(text).toEqual({
      ...{ organization: "organization", urn: "urn:pulumi:a", secrets: [], lost: [], settings: [] },
      ...checkpoint,
    });
    expect(object).toEqual(text);
  });

  it("is read once for all resources that bring the same checkpoint, and anew for another", () => {
    const reader = new OriginReader();
    const [first, second, other] = [{ held }, { held }, { held: [] }].map((said, index) =>
      reader.read(origin(`r${index}`, JSON.stringify({ readable: true, ...said }))),
    );
    expect(second?.held).toBe(first?.held);
    expect([second?.urn, other?.held]).toEqual(["urn:pulumi:r1", []]);
  });

  it.each([undefined, "", "{}", "[", '{"readable":true}', 7])("is refused with the checkpoint %j", (said) => {
    expect(() => new OriginReader().read(origin("a", said))).toThrow("The input __origin is missing.");
  });
});
