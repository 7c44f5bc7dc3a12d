// `--compare type=rest,http memory=128,256`: which settings to try.

import { UsageError } from '../../errors.ts';
import { DIMENSIONS, type Dimension, type Range } from '../../pricing/compare.ts';
import { FREE_TIERS } from '../../pricing/free-allowances.ts';
import { parseMemory, QuantityError } from '../../pricing/quantity.ts';
import { nearestName } from '../../project/nearest-name.ts';
import { REGIONS } from '../../project/regions.ts';

const CACHES = ['none', '0.5', '1.6', '6.1', '13.5', '28.4', '58.2', '118', '237'];

const VALUES: Readonly<Record<Exclude<Dimension, 'memory'>, readonly string[]>> = {
  type: ['rest', 'http'],
  architecture: ['x86_64', 'arm64'],
  capacity: ['on-demand', 'provisioned'],
  class: ['standard', 'standard-ia'],
  cache: CACHES,
  region: REGIONS,
  'free-tier': FREE_TIERS,
};

/** @throws UsageError for what cannot be compared */
export function readCompare(written: readonly string[]): Range[] {
  const ranges = written
    .flatMap((text) => text.trim().split(/\s+/))
    .filter((text) => text !== '')
    .map(readRange);
  const names = ranges.map(({ dimension }) => dimension);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw refuse(`${twice} stands twice`, `Write ${twice}=${valuesOf(twice).slice(0, 2).join(',')} once.`);
  return ranges;
}

function readRange(text: string): Range {
  const [name = '', values = ''] = text.split('=');
  const dimension = DIMENSIONS.find((known) => known === name);
  if (dimension === undefined) {
    const near = nearestName(name, DIMENSIONS);
    throw refuse(
      `"${name}" cannot be compared`,
      near === undefined ? `Known: ${DIMENSIONS.join(', ')}.` : `Did you mean ${near}?`,
    );
  }
  const wanted = values.split(',').filter((value) => value !== '');
  if (wanted.length === 0) {
    throw refuse(`${dimension} has no values`, `Write ${dimension}=${valuesOf(dimension).slice(0, 2).join(',')}.`);
  }
  return { dimension, values: [...new Set(wanted.map((value) => readValue(dimension, value)))] };
}

function readValue(dimension: Dimension, value: string): string {
  if (dimension === 'memory') return readMemory(value);
  const plain = dimension === 'cache' ? value.replace(/GB$/i, '') : value;
  const known = valuesOf(dimension);
  if (known.includes(plain)) return plain;
  const near = nearestName(plain, known);
  const hint = near === undefined ? `Known: ${known.slice(0, 12).join(', ')}.` : `Did you mean ${near}?`;
  throw refuse(`${dimension}: "${value}" is not known`, hint);
}

function readMemory(value: string): string {
  try {
    const memory = parseMemory(value);
    if (Number.isInteger(memory) && memory >= 128 && memory <= 10_240) return String(memory);
  } catch (error) {
    if (!(error instanceof QuantityError)) throw error;
  }
  throw refuse(`memory: "${value}" is not a whole number of MB from 128 to 10,240`, 'Write memory=128,256.');
}

function valuesOf(dimension: Dimension): readonly string[] {
  return dimension === 'memory' ? ['128', '256'] : VALUES[dimension];
}

function refuse(why: string, hint: string): UsageError {
  return new UsageError({ code: 'INVALID_FLAG', summary: `--compare: ${why}`, hint });
}
