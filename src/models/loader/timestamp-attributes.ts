// The attributes that Dynamoose writes by itself when a schema says `timestamps`.

import type { AttributeSpec, AttributeType } from '../attribute-spec.ts';
import { isObject } from './describe-type.ts';

const ROLES = ['createdAt', 'updatedAt'] as const;

/** @param timestamps `true`, or names (or attribute definitions) for `createdAt` and `updatedAt` */
export function timestampAttributes(timestamps: unknown): AttributeSpec[] {
  if (!isObject(timestamps) && timestamps !== true) return [];
  return ROLES.flatMap((role) => {
    const given = timestamps === true ? role : timestamps[role];
    return (Array.isArray(given) ? given : [given]).flatMap((one) => {
      if (typeof one === 'string') return [timestamp(one, role, undefined)];
      return isObject(one) ? Object.entries(one).map(([name, raw]) => timestamp(name, role, raw)) : [];
    });
  });
}

function timestamp(name: string, role: (typeof ROLES)[number], raw: unknown): AttributeSpec {
  const type: AttributeType = { kind: 'date', storage: storageOf(raw) };
  return { name, values: [{ type }], required: false, role };
}

function storageOf(raw: unknown): 'milliseconds' | 'seconds' | 'iso' {
  const type = isObject(raw) ? raw['type'] : undefined;
  const settings = isObject(type) ? type['settings'] : undefined;
  const storage = isObject(settings) ? settings['storage'] : undefined;
  return storage === 'seconds' || storage === 'iso' ? storage : 'milliseconds';
}
