// Global indexes as a person types them: `byCategory:category,price`.

import { UsageError } from '../../errors.ts';
import { nearestName } from '../../project/nearest-name.ts';
import { type Attribute, type AttributeIndex, canBeKey } from './model-attributes.ts';

/**
 * Indexes by the attribute that is their hash key.
 *
 * @throws UsageError `INVALID_INDEX`
 */
export function parseIndexes(
  written: readonly string[],
  attributes: readonly Attribute[],
): ReadonlyMap<string, readonly AttributeIndex[]> {
  const found = new Map<string, AttributeIndex[]>();
  const names = new Set<string>();
  for (const text of written) {
    // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
    const parts = /^([\w.-]{3,255}):(\w+)(?:,(\w+))?$/.exec(text.replace(/\s+/g, ''));
    const [, name, hash, range] = parts ?? [];
    if (name === undefined || hash === undefined) {
      throw invalid(`--index: ${JSON.stringify(text)} is no index`, '--index byCategory:category,price');
    }
    if (names.has(name)) throw invalid(`--index: ${name} is named twice`, 'Give each index a name of its own.');
    names.add(name);
    for (const one of [hash, ...(range === undefined ? [] : [range])]) requireKey(one, name, attributes);
    const index = { name, ...(range === undefined ? {} : { rangeKey: range }) };
    found.set(hash, [...(found.get(hash) ?? []), index]);
  }
  return found;
}

function requireKey(name: string, index: string, attributes: readonly Attribute[]): void {
  const attribute = attributes.find((one) => one.name === name);
  if (attribute === undefined) {
    const near = nearestName(
      name,
      attributes.map((one) => one.name),
    );
    const hint = near === undefined ? `--fields "… ${name}:string"` : `--index ${index}:${near}`;
    throw invalid(`--index: the model has no attribute ${name}`, hint);
  }
  if (canBeKey(attribute)) return;
  throw invalid(
    `--index: a key cannot be a ${attribute.type}`,
    `Use ${name}:string, ${name}:number, ${name}:date or ${name}:binary.`,
  );
}

function invalid(summary: string, hint: string): UsageError {
  return new UsageError({ code: 'INVALID_INDEX', summary, hint });
}
