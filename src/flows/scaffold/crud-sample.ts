// A value that an attribute may have, as code: as JSON has it, and as DynamoDB stores it.

import type { AttributeSpec, AttributeType, ValueSpec } from '../../models/attribute-spec.ts';
import { property } from './key-code.ts';

export interface SampleValue {
  readonly json: string;
  /** The same code where JSON says it as it is stored. */
  readonly stored: string;
}

const TIME = '2026-01-31T12:00:00.000Z';

/** Of the first type that an attribute may have. */
export function sampleValue(values: readonly ValueSpec[]): SampleValue {
  const [first] = values;
  if (first === undefined) return same("'a'");
  const [word] = first.enum ?? [];
  return word === undefined ? sampleOf(first.type) : same(literal(word));
}

/** An item's object of code: all that is required, and what JSON has in other words. */
export function sampleEntries(attributes: readonly AttributeSpec[]): readonly { name: string; value: SampleValue }[] {
  return attributes
    .filter(({ role, values }) => role === undefined && values.every(({ type }) => type.kind !== 'combine'))
    .map((attribute) => ({ ...attribute, value: sampleValue(attribute.values) }))
    .filter(({ required, key, value }) => required || (key ?? 'index') !== 'index' || value.json !== value.stored);
}

function sampleOf(type: AttributeType): SampleValue {
  switch (type.kind) {
    case 'number':
      return same('1');
    case 'boolean':
      return same('true');
    case 'null':
      return same('null');
    case 'constant':
      return same(literal(type.value));
    case 'binary':
      return { json: "'YQ=='", stored: "Buffer.from('a')" };
    case 'date': {
      const at = new Date(TIME).getTime();
      const stored = { milliseconds: `${at}`, seconds: `${at / 1000}`, iso: `'${TIME}'` }[type.storage];
      return { json: `'${TIME}'`, stored };
    }
    case 'set': {
      const { json, stored } = sampleOf(type.of);
      return { json: `[${json}]`, stored: `new Set([${stored}])` };
    }
    case 'array': {
      if (type.items === undefined) return same('[]');
      const { json, stored } = sampleValue(type.items);
      return { json: `[${json}]`, stored: `[${stored}]` };
    }
    case 'object':
      return objectOf(sampleEntries(type.attributes));
    case 'reference': {
      const [hash, range] = type.key;
      const parts = type.key.map((one) => ({ name: one.name, value: sampleValue(one.values) }));
      return hash === undefined || range !== undefined ? objectOf(parts) : sampleValue(hash.values);
    }
    default:
      return same("'a'");
  }
}

function objectOf(entries: readonly { name: string; value: SampleValue }[]): SampleValue {
  const code = (key: keyof SampleValue) =>
    entries.length === 0
      ? '{}'
      : `{ ${entries.map(({ name, value }) => `${property(name)}: ${value[key]}`).join(', ')} }`;
  return { json: code('json'), stored: code('stored') };
}

const same = (code: string): SampleValue => ({ json: code, stored: code });

function literal(value: string | number | boolean): string {
  return typeof value === 'string' ? `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'` : String(value);
}
