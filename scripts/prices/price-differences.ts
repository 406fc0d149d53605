import type { PriceBook } from "../../core/pricing/price-book-format.ts";

/**
 * What differs between two price books, one line a value, in the order of the newer book.
 *
 * Publication date and source of a region come first, so that a line of a price stands below the date it changed with.
 */
export const priceDifferences = (before: PriceBook, after: PriceBook): string[] => {
  const old = leaves(before);
  const fresh = leaves(after);
  const changed = [...fresh].flatMap(([path, value]) => {
    const known = old.get(path);
    if (known === value) return [];
    return [known === undefined ? `+ ${path}: ${shown(value)}` : `~ ${path}: ${shown(known)} -> ${shown(value)}`];
  });
  const gone = [...old].filter(([path]) => !fresh.has(path)).map(([path, value]) => `- ${path}: ${shown(value)}`);
  return [...changed, ...gone];
};

type Leaf = string | number;

const leaves = (book: PriceBook): Map<string, Leaf> => {
  const found = new Map<string, Leaf>();
  const walk = (value: unknown, path: readonly string[]): void => {
    if (typeof value === "string" || typeof value === "number") found.set(path.join(" "), value);
    else if (typeof value === "object" && value !== null) {
      for (const [key, inner] of Object.entries(value)) walk(inner, [...path, key]);
    }
  };
  const { regions, ...rest } = book;
  walk(rest, []);
  walk(regions, []);
  return found;
};

/** Prices as AWS prints them, without exponents. */
const shown = (value: Leaf): string =>
  typeof value === "string" || Number.isInteger(value) ? String(value) : value.toFixed(12).replace(/0+$/, "");
