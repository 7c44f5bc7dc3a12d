// How people write numbers, sizes and durations (10M, 1.5k, 4KB, 120ms, 80%) and what they mean.
// A size and a duration want their unit: 4 may be bytes or kilobytes, and a wrong guess is a wrong bill.

import { Decimal } from './decimal.ts';

/** What was written cannot be read; `hint` says how to write it. */
export class QuantityError extends Error {
  readonly hint: string;
  constructor(message: string, hint: string) {
    super(message);
    this.name = 'QuantityError';
    this.hint = hint;
  }
}

/** More than this of anything in a month is taken for a slip of the finger: 10^15, and 10^6 TB. */
const MOST = new Decimal('1e15');
const MOST_BYTES = new Decimal(1024).pow(4).times(1e6);

const COUNT_SUFFIXES: Readonly<Record<string, string>> = {
  k: '1e3',
  K: '1e3',
  M: '1e6',
  B: '1e9',
  G: '1e9',
  bn: '1e9',
  T: '1e12',
};

// AWS counts 1 KB as 1,024 bytes wherever it meters (its own examples divide by 1,024 twice for GB).
const SIZE_UNITS: Readonly<Record<string, number>> = { b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3, tb: 1024 ** 4 };

const DURATION_UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  sec: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** A count: `10M`, `1.5k`, `2B`, `10_000_000`, `10,000,000`. */
export function parseCount(written: string | number): Decimal {
  const { number, unit } = split(written, 'a number', 'Write it as 10M, 1.5k or 250000.');
  const factor = unit === '' ? '1' : COUNT_SUFFIXES[unit];
  if (factor === undefined) {
    const hint = unit === 'm' ? `For millions write ${number}M.` : `Write ${number}M or ${number}k.`;
    throw new QuantityError(`"${written}" is not a number: "${unit}" is not one of k, M, B, T.`, hint);
  }
  return bounded(number.times(factor), written);
}

/** A size in bytes: `512B`, `4KB`, `1.5MB`, `10GB`; 1 KB is 1,024 bytes. */
export function parseSize(written: string | number): Decimal {
  const { number, unit } = split(written, 'a size', 'Write it as 512B, 4KB or 10GB.');
  const factor = SIZE_UNITS[unit.toLowerCase().replace('ib', 'b')];
  if (factor === undefined || unit === '') {
    const why = unit === '' ? 'it has no unit' : `"${unit}" is not one of B, KB, MB, GB, TB`;
    throw new QuantityError(`"${written}" is not a size: ${why}.`, `Write ${number}KB.`);
  }
  return bounded(number.times(factor), written, MOST_BYTES);
}

/** Memory in MB: `256`, `256MB`, `1GB`; a bare number is MB, as in apigen.yml. */
export function parseMemory(written: string | number): number {
  const { number, unit } = split(written, 'a memory size', 'Write it as 256 or 256MB.');
  const bytes = unit === '' ? number.times(1024 ** 2) : parseSize(written);
  return bytes.div(1024 ** 2).toNumber();
}

/** A duration in milliseconds: `120ms`, `1.5s`, `5min`, `8h`, `30d`. */
export function parseDuration(written: string | number): Decimal {
  const { number, unit } = split(written, 'a duration', 'Write it as 120ms, 2s or 8h.');
  const factor = DURATION_UNITS[unit];
  if (factor === undefined) {
    const why = unit === '' ? 'it has no unit' : `"${unit}" is not one of ms, s, min, h, d`;
    throw new QuantityError(`"${written}" is not a duration: ${why}.`, `Write ${number}ms.`);
  }
  return bounded(number.times(factor), written);
}

/** A share between 0 and 1: `80%`, `0.8`. */
export function parseShare(written: string | number): Decimal {
  const share = parseRate(written);
  if (share.gt(1)) throw new QuantityError(`"${written}" is more than all of it.`, 'Write a share as 80% or 0.8.');
  return share;
}

/** A rate, which may be more than 1: `5%`, `150%`, `0.05`. */
export function parseRate(written: string | number): Decimal {
  const { number, unit } = split(written, 'a share', 'Write it as 80% or 0.8.');
  if (unit !== '' && unit !== '%') throw new QuantityError(`"${written}" is not a share.`, 'Write it as 80% or 0.8.');
  return unit === '%' ? number.div(100) : number;
}

function split(written: string | number, what: string, hint: string): { number: Decimal; unit: string } {
  const text = String(written).trim();
  const match = /^([+-]?)(\d{1,3}(?:,\d{3})+|\d[\d_]*|)(\.\d+)?(e\+?\d{1,3})?\s*([A-Za-z%]*)$/.exec(text);
  const [, sign, whole = '', fraction = '', exponent = '', unit = ''] = match ?? [];
  if (match === null || (whole === '' && fraction === '')) throw new QuantityError(`"${text}" is not ${what}.`, hint);
  const number = new Decimal(`${whole.replaceAll(/[,_]/g, '') || '0'}${fraction}${exponent}`);
  if (sign === '-' && !number.isZero()) throw new QuantityError(`"${text}" is negative.`, hint);
  return { number, unit };
}

function bounded(value: Decimal, written: string | number, limit: Decimal = MOST): Decimal {
  if (value.lte(limit)) return value;
  throw new QuantityError(`"${written}" is more than any account uses in a month.`, 'Check the unit and the zeros.');
}
