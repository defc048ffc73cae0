/**
 * Ranges that no host on the Internet owns: the three documentation networks (RFC 5737)
 * and the benchmarking network (RFC 2544).
 */
const ranges: readonly (readonly [network: string, mask: number])[] = [
  ["203.0.113.0", 24],
  ["198.51.100.0", 24],
  ["192.0.2.0", 24],
  ["198.18.0.0", 15],
];

const unitSize = 16;

interface Unit {
  readonly address: number;
  live: boolean;
  /** Order in which units were given back; 0 for never used. */
  freed: number;
}

/** An address block in use. */
export interface AddressBlock {
  /** First address as a number. */
  readonly address: number;
  readonly mask: number;
}

/** Hands out aligned blocks that never overlap, and used ones again only when nothing else is left. */
export class AddressSpace {
  private readonly units: Unit[] = ranges.flatMap(([network, mask]) => {
    const first = parseIp(network);
    return Array.from({ length: 2 ** (32 - mask) / unitSize }, (_, index) => ({
      address: first + index * unitSize,
      live: false,
      freed: 0,
    }));
  });
  private frees = 0;

  /** A free block of the mask, or undefined when none is left. */
  allocate(mask: number): AddressBlock | undefined {
    const length = 2 ** (32 - mask) / unitSize;
    let best: { units: readonly Unit[]; freed: number } | undefined;
    for (let start = 0; start < this.units.length; start += length) {
      const units = this.units.slice(start, start + length);
      if (units.some((unit) => unit.live)) continue;
      const freed = Math.max(...units.map((unit) => unit.freed));
      if (best === undefined || freed < best.freed) best = { units, freed };
      if (freed === 0) break;
    }
    const [first] = best?.units ?? [];
    if (best === undefined || first === undefined) return undefined;
    for (const unit of best.units) unit.live = true;
    return { address: first.address, mask };
  }

  /** Takes a certain block; false when it is not free as a whole. */
  occupy(block: AddressBlock): boolean {
    const units = this.unitsOf(block);
    if (units.length * unitSize !== sizeOf(block) || units.some((unit) => unit.live)) return false;
    for (const unit of units) unit.live = true;
    return true;
  }

  /** Takes a block back. */
  release(block: AddressBlock): void {
    this.frees += 1;
    for (const unit of this.unitsOf(block)) {
      unit.live = false;
      unit.freed = this.frees;
    }
  }

  private unitsOf(block: AddressBlock): Unit[] {
    const end = block.address + sizeOf(block);
    return this.units.filter(({ address }) => address >= block.address && address < end);
  }
}

const sizeOf = ({ mask }: AddressBlock): number => 2 ** (32 - mask);

/** The block that {@link formatCidr} wrote. */
export function parseCidr(text: string): AddressBlock {
  const [address = "", mask = ""] = text.split("/");
  return { address: parseIp(address), mask: Number(mask) };
}

/** The smallest block that an address can lie in. */
export function smallestBlockOf(ipAddress: string): AddressBlock {
  const address = parseIp(ipAddress);
  return { address: address - (address % unitSize), mask: 28 };
}

function parseIp(text: string): number {
  return text.split(".").reduce((value, part) => value * 256 + Number(part), 0);
}

/** Dotted form of an address. */
export function formatIp(address: number): string {
  return [24, 16, 8, 0].map((shift) => String((address >>> shift) & 255)).join(".");
}

/** `address/mask`. */
export function formatCidr(block: AddressBlock): string {
  return `${formatIp(block.address)}/${block.mask}`;
}

/** How many addresses at the start and at the end of a block the cloud keeps, by number of reserved ones. UNVERIFIED. */
const reservedEnds = { 0: [0, 0], 1: [1, 0], 3: [2, 1], 4: [2, 2] } as const;

/** Usable addresses of a block, in order. */
export function usableAddresses(block: AddressBlock, reserved: 0 | 1 | 3 | 4): number[] {
  const [head, tail] = reservedEnds[reserved];
  const all = Array.from({ length: 2 ** (32 - block.mask) }, (_, index) => block.address + index);
  return all.slice(head, all.length - tail);
}
