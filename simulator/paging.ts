import type { Parameters } from "./parameters";

/** The page of a list that PageNumber (default 1) and PageSize (default 10) ask for. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly header: {
    readonly PageNumber: number;
    readonly PageSize: number;
    readonly TotalCount: number;
  };
}

/**
 * Cuts a page out of a list.
 *
 * @throws `InvalidParameter` for numbers out of range (the code is UNVERIFIED).
 */
export function pageOf<Item>(
  items: readonly Item[],
  parameters: Parameters,
  maximumSize: number,
): Page<Item> {
  const number = parameters.integer("PageNumber", 1, 1, Number.MAX_SAFE_INTEGER);
  const size = parameters.integer("PageSize", 10, 1, maximumSize);
  return {
    items: items.slice((number - 1) * size, number * size),
    header: { PageNumber: number, PageSize: size, TotalCount: items.length },
  };
}
