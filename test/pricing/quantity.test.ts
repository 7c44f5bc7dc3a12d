import { describe, expect, it } from '@jest/globals';
import { parseMonth } from '../../src/pricing/month.ts';
import {
  parseCount,
  parseDuration,
  parseMemory,
  parseShare,
  parseSize,
  QuantityError,
} from '../../src/pricing/quantity.ts';

describe('a number', () => {
  it.each([
    ['10M', '10000000'],
    ['1.5k', '1500'],
    ['2B', '2000000000'],
    ['2bn', '2000000000'],
    ['0.25', '0.25'],
    ['10,000,000', '10000000'],
    ['10_000_000', '10000000'],
    ['1e6', '1000000'],
    [250000, '250000'],
  ])('%s is %s', (written, expected) => {
    expect(parseCount(written).toFixed()).toBe(expected);
  });

  it.each(['', 'ten', '10m', '10 Mio', '1,00', '--5', '-1', 'NaN', 'Infinity', '1e30', '10MB', '.'])(
    '"%s" is refused',
    (written) => {
      expect(() => parseCount(written)).toThrow(QuantityError);
    },
  );

  it('in small m is taken for neither millions nor thousandths, and says how to write millions', () => {
    expect(() => parseCount('10m')).toThrow(expect.objectContaining({ hint: 'For millions write 10M.' }));
  });
});

describe('a size', () => {
  it.each([
    ['512B', '512'],
    ['4KB', '4096'],
    ['4 kb', '4096'],
    ['0.3KB', '307.2'],
    ['1MiB', '1048576'],
    ['10GB', '10737418240'],
  ])('%s is %s bytes', (written, expected) => {
    expect(parseSize(written).toFixed()).toBe(expected);
  });

  it.each(['4', '4K', '4KW', '-4KB', '9999999TB'])('"%s" is refused', (written) => {
    expect(() => parseSize(written)).toThrow(QuantityError);
  });
});

describe('a duration', () => {
  it.each([
    ['120ms', '120'],
    ['1.5s', '1500'],
    ['5min', '300000'],
    ['8h', '28800000'],
  ])('%s is %s milliseconds', (written, expected) => {
    expect(parseDuration(written).toFixed()).toBe(expected);
  });

  it.each(['120', '120sm', '-1s'])('"%s" is refused', (written) => {
    expect(() => parseDuration(written)).toThrow(QuantityError);
  });
});

it('reads memory without a unit as MB, as apigen.yml does', () => {
  expect([parseMemory('256'), parseMemory('256MB'), parseMemory('1GB')]).toEqual([256, 256, 1024]);
});

it('reads a share as per cent or as a fraction, and refuses more than all', () => {
  expect([parseShare('80%').toFixed(), parseShare('0.8').toFixed()]).toEqual(['0.8', '0.8']);
  expect(() => parseShare('120%')).toThrow(QuantityError);
});

it('takes a month of up to 31 days', () => {
  expect([parseMonth('730h'), parseMonth('30d'), parseMonth('24h')].map(({ hours }) => hours.toFixed())).toEqual([
    '730',
    '720',
    '24',
  ]);
  expect(() => parseMonth('32d')).toThrow(QuantityError);
  expect(() => parseMonth('0h')).toThrow(QuantityError);
});
