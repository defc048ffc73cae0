import { AddressSpace, formatCidr, formatIp, usableAddresses } from "../../simulator/address-space";

const allocate = (space: AddressSpace, mask: number) => {
  const block = space.allocate(mask);
  if (block === undefined) throw new Error("No block is left.");
  return block;
};

test("blocks are aligned to their mask and never overlap", () => {
  const space = new AddressSpace();
  const masks = [28, 24, 27, 26, 28, 25, 24, 28, 27, 25];
  const blocks = masks.map((mask) => allocate(space, mask));
  for (const { address, mask } of blocks) expect(address % 2 ** (32 - mask)).toBe(0);
  const addresses = blocks.flatMap((block) => usableAddresses(block, 0));
  expect(new Set(addresses).size).toBe(addresses.length);
});

test("addresses come from networks that nobody owns", () => {
  const space = new AddressSpace();
  const first = Array.from({ length: 4 }, () => formatCidr(allocate(space, 24)));
  expect(first).toEqual(["203.0.113.0/24", "198.51.100.0/24", "192.0.2.0/24", "198.18.0.0/24"]);
});

test("a released block comes back only when everything else is used, the longest free first", () => {
  const space = new AddressSpace();
  const first = allocate(space, 24);
  const second = allocate(space, 24);
  space.release(second);
  space.release(first);
  const others = Array.from({ length: 513 }, () => allocate(space, 24).address);
  expect(others).not.toContain(first.address);
  expect(others).not.toContain(second.address);
  expect(allocate(space, 24)).toEqual(second);
  expect(allocate(space, 24)).toEqual(first);
  expect(space.allocate(28)).toBeUndefined();
});

test.each([
  [0, 16, "10.0.0.0", "10.0.0.15"],
  [1, 15, "10.0.0.1", "10.0.0.15"],
  [3, 13, "10.0.0.2", "10.0.0.14"],
  [4, 12, "10.0.0.2", "10.0.0.13"],
] as const)("%i reserved addresses leave %i", (reserved, count, first, last) => {
  const addresses = usableAddresses({ address: 10 * 2 ** 24, mask: 28 }, reserved).map(formatIp);
  expect(addresses).toHaveLength(count);
  expect([addresses[0], addresses.at(-1)]).toEqual([first, last]);
});
