// Prices by meter and region, normalised: paid tiers that start at zero, the free allowance apart. The price file
// writes an allowance as a zero row, as a first tier that starts above zero, or as a row of its own (that one stands
// in free-allowances.ts). A region that has no row for a meter has no price: never another region's.

import { Decimal, ZERO } from './decimal.ts';
import { METERS, type MeterId } from './meters.ts';
import { PRICE_ROWS } from './price-rows.ts';

export interface PriceTier {
  /** Units a month beyond the free allowance at which the tier begins. */
  readonly from: Decimal;
  /** Where it ends; null: it does not. A last tier that ends means that prices beyond are unknown. */
  readonly to: Decimal | null;
  /** Dollars for `Price.per` units. */
  readonly price: Decimal;
  /** As the price file grades the row: `verified`, `assumed`, `derived`, `2016 list`, … */
  readonly confidence: string;
  /** Codes of PRICE_SOURCES or a remark, separated by `; `. */
  readonly source: string;
  readonly note: string | undefined;
}

export interface Price {
  readonly meter: MeterId;
  /** `*` where the price is the same in every region. */
  readonly region: string;
  /** How many units the tiers' prices are for: 1 or 1,000,000. */
  readonly per: Decimal;
  readonly tiers: readonly PriceTier[];
  /** Units a month that AWS gives away by the rows themselves, `always` and `legacy` alike. */
  readonly free: Decimal;
}

/** Upfront and hourly dollars for 100 capacity units. */
export interface ReservedPrice {
  readonly upfront: Decimal;
  readonly hourly: Decimal;
  readonly confidence: string;
  readonly source: string;
}

interface Row {
  readonly from: Decimal;
  readonly to: Decimal | null;
  readonly price: string;
  readonly per: string;
  readonly confidence: string;
  readonly source: string;
  readonly note: string | undefined;
}

const rowsOfRegion = new Map<string, ReadonlyMap<string, readonly Row[]>>();

/** The price of a meter in a region, or undefined: unknown. */
export function priceOf(meter: MeterId, region: string): Price | undefined {
  const { row } = METERS[meter];
  const own = readRegion(region).get(row);
  const rows = own ?? readRegion('*').get(row);
  if (rows === undefined || rows.some(({ price }) => price.includes('+'))) return undefined;
  return normalise(meter, own === undefined ? '*' : region, rows);
}

/** The price of reserved capacity in a region, or undefined: unknown. */
export function reservedPriceOf(meter: MeterId, region: string): ReservedPrice | undefined {
  const row = readRegion(region).get(METERS[meter].row)?.[0];
  const [upfront, hourly] = row?.price.split('+') ?? [];
  if (row === undefined || upfront === undefined || hourly === undefined) return undefined;
  const { confidence, source } = row;
  return { upfront: new Decimal(upfront), hourly: new Decimal(hourly), confidence, source };
}

/** Regions with at least one price of their own. */
export function pricedRegions(): string[] {
  return Object.keys(PRICE_ROWS).filter((region) => region !== '*');
}

function normalise(meter: MeterId, region: string, rows: readonly Row[]): Price {
  const sorted = [...rows].sort((a, b) => a.from.cmp(b.from));
  // A zero price without an end is a price; a zero band before a paid one is a gift.
  const paid = sorted.filter(({ price, to }) => !(Number(price) === 0 && to !== null));
  const free = paid[0]?.from ?? ZERO;
  const tiers = paid.map((row) => ({
    from: row.from.minus(free),
    to: row.to?.minus(free) ?? null,
    price: new Decimal(row.price),
    confidence: row.confidence,
    source: row.source,
    note: row.note,
  }));
  return { meter, region, per: new Decimal(sorted[0]?.per ?? 1), tiers, free };
}

function readRegion(region: string): ReadonlyMap<string, readonly Row[]> {
  const known = rowsOfRegion.get(region);
  if (known !== undefined) return known;
  const rows = new Map<string, Row[]>();
  for (const line of PRICE_ROWS[region]?.trim().split('\n') ?? []) {
    const [name = '', from = '0', to = '', price = '0', per = '1', confidence = '', source = '', note] =
      line.split('|');
    const row: Row = {
      from: new Decimal(from),
      to: to === '' ? null : new Decimal(to),
      price,
      per,
      confidence: confidence === '' ? 'verified' : confidence,
      source,
      note,
    };
    rows.set(name, [...(rows.get(name) ?? []), row]);
  }
  rowsOfRegion.set(region, rows);
  return rows;
}
