import { describe, expect, it } from '@jest/globals';
import { recordedKinds } from './recorded/recorded-kinds.ts';
import { sampleOf, samples } from './samples/index.ts';

describe('what kinds say of the fields of the SDK', () => {
  const kinds = recordedKinds([]);

  it('is said by every kind, and by none that is gone', () => {
    expect([...samples.keys()].sort()).toEqual([...kinds.keys()].sort());
  });

  for (const kind of kinds.values()) {
    const covered = (): readonly string[] =>
      Object.values(sampleOf(kind.name).inputs).flatMap((place) =>
        typeof place === 'string' || Array.isArray(place) ? place : [],
      );

    it(`names only fields of ${kind.name}`, () => {
      expect(covered().filter((field) => !(field in kind.fields))).toEqual([]);
    });

    it(`leaves no field of ${kind.name} without one of the SDK`, () => {
      expect(Object.keys(kind.fields).filter((field) => !covered().includes(field))).toEqual([]);
    });

    it(`gives a reason for every field that ${kind.name} does not offer or sets by itself`, () => {
      const reasons = Object.values(sampleOf(kind.name).inputs).flatMap((place) =>
        typeof place === 'string' || Array.isArray(place) ? [] : Object.values(place),
      );
      expect(reasons.filter((reason) => String(reason).trim().length < 3)).toEqual([]);
    });
  }
});
