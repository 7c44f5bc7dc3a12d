// Which attributes of a body are not in JSON what they are in Dynamoose, as code: `seen: asDate, tags: asSet()`.

import type { AttributeSpec, AttributeType, ValueSpec } from '../../models/attribute-spec.ts';
import { property } from './key-code.ts';

/** Entries of the second argument of `fromJson`; none where JSON says everything as it is stored. */
export function bodyReadings(attributes: readonly AttributeSpec[]): readonly string[] {
  return attributes.flatMap(({ name, values }) => {
    const reading = readingOfValues(values);
    return reading === undefined ? [] : [`${property(name)}: ${reading}`];
  });
}

/** The functions of `from-json` that readings call. */
export function readingNames(readings: readonly string[]): readonly string[] {
  const code = readings.join(' ');
  return ['asBytes', 'asDate', 'asList', 'asObject', 'asSet'].filter((name) => code.includes(name));
}

/** A value that may have one of several types is left to the handler. */
function readingOfValues(values: readonly ValueSpec[]): string | undefined {
  const [only, ...others] = values;
  return only === undefined || others.length > 0 ? undefined : readingOf(only.type);
}

function readingOf(type: AttributeType): string | undefined {
  switch (type.kind) {
    case 'date':
      return 'asDate';
    case 'binary':
      return 'asBytes';
    case 'set':
      return `asSet(${readingOf(type.of) ?? ''})`;
    case 'array': {
      const reading = readingOfValues(type.items ?? []);
      return reading === undefined ? undefined : `asList(${reading})`;
    }
    case 'object': {
      const readings = bodyReadings(type.attributes);
      return readings.length === 0 ? undefined : `asObject({ ${readings.join(', ')} })`;
    }
    default:
      return undefined;
  }
}
