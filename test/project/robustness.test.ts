// Whatever stands in apigen.yml, reading it ends in a project or in problems that a person can find.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse as parseYaml, stringify } from 'yaml';
import { UsageError } from '../../src/errors.ts';
import { insertEntry } from '../../src/project/insert-entry.ts';
import { knownKeys } from '../../src/project/known-keys.ts';
import { type ParsedProject, parseProject } from '../../src/project/parse-project.ts';

const TEMPLATE = readFileSync('templates/typescript/apigen.rest.yml', 'utf8');

function read(text: string, stage = 'dev'): ParsedProject | undefined {
  try {
    return parseProject({ text, file: '/shop/apigen.yml', root: '/shop', stage });
  } catch (error) {
    // Said as such: a stage that looks misspelt beside the stages of the file.
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

function expectOutcome(text: string, parsed: ParsedProject | undefined): void {
  if (parsed === undefined || parsed.project !== undefined) return;
  const lines = text.split('\n').length;
  expect(parsed.problems.length).toBeGreaterThan(0);
  for (const { message, position } of parsed.problems) {
    expect(message.trim()).not.toBe('');
    expect(position?.line).toBeGreaterThanOrEqual(1);
    expect(position?.line).toBeLessThanOrEqual(lines + 1);
    expect(position?.column).toBeGreaterThanOrEqual(1);
  }
}

describe('reading apigen.yml', () => {
  it('survives any value at any place that the language knows', () => {
    const places = [
      [],
      ['defaults', 'function'],
      ['models', 'A'],
      ['functions', 'f'],
      ['apis', 'p'],
      ['apis', 'p', 'routes', 'GET /a'],
      ['stages', 'prod'],
    ];
    const place = fc
      .constantFrom(...places)
      .chain((path) => fc.tuple(fc.constant(path), fc.constantFrom(...knownKeys(path), 'other')));
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('none', 'iam', 'http', 'rest', 'src/a.handler', 'src/a.ts', 128, null, {}, []),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(place, value), { maxLength: 6 }), (entries) => {
        const document: Record<string, unknown> = { name: 'shop', region: 'eu-west-1' };
        for (const [[path, key], given] of entries) {
          let map: Record<string, unknown> = document;
          for (const step of path) {
            const below = map[step];
            if (typeof below !== 'object' || below === null || Array.isArray(below)) map[step] = {};
            map = map[step] as Record<string, unknown>;
          }
          map[key] = given;
        }
        const text = stringify(document);
        expectOutcome(text, read(text));
        expectOutcome(text, read(text, 'prod'));
      }),
      { numRuns: 300 },
    );
  });

  it('survives any damage to a file that was right', () => {
    const edit = fc.tuple(
      fc.nat(TEMPLATE.length),
      fc.nat(12),
      fc.oneof(
        fc.constantFrom(
          '',
          '\t',
          '\n',
          '  ',
          ':',
          '"',
          "'",
          '{',
          '}',
          '[',
          '&a ',
          '*a',
          '<<: ',
          '|\n',
          '- ',
          '#',
          '\r\n',
          '\0',
          '%',
          '!x ',
        ),
        fc.string({ maxLength: 6 }),
      ),
    );
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        const text = edits.reduce(
          (before, [at, drop, put]) => before.slice(0, at) + put + before.slice(at + drop),
          TEMPLATE,
        );
        expectOutcome(text, read(text));
      }),
      { numRuns: 500 },
    );
  });
});

describe('adding to apigen.yml', () => {
  it('keeps every line that was there, in its order, whatever remarks and empty lines stand between', () => {
    const lines = TEMPLATE.trimEnd().split('\n');
    const noise = fc.constantFrom('', '# a remark', '      # a remark further in', '          # deep');
    const spots = fc.array(fc.tuple(fc.nat(lines.length - 1), noise), { maxLength: 8 });
    const key = fc.constantFrom('GET /x', 'POST /x/{id}', 'ANY /y/{rest+}');
    fc.assert(
      fc.property(spots, key, fc.constantFrom('\n', '\r\n'), fc.boolean(), (noises, route, eol, finalEnd) => {
        const noisy = lines.flatMap((line, index) => [
          ...noises.filter(([at]) => at === index).map(([, text]) => text),
          line,
        ]);
        const text = noisy.join(eol) + (finalEnd ? eol : '');
        const edited = insertEntry(text, { parent: ['apis', 'public', 'routes'], key: route, value: 'src/x.handler' });
        const added = edited.split(eol).filter((line) => line.includes('src/x.handler'));
        expect(added).toHaveLength(1);
        expect(
          edited
            .split(eol)
            .filter((line) => !line.includes('src/x.handler'))
            .join(eol),
        ).toBe(text);
        expect(parseYaml(edited).apis.public.routes[route]).toBe('src/x.handler');
      }),
      { numRuns: 200 },
    );
  });
});
