import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { parse as parseYaml } from 'yaml';
import { projectJsonSchema, type SchemaNode } from '../../src/project/json-schema.ts';
import { knownKeys } from '../../src/project/known-keys.ts';
import { parse } from './project-fixture.ts';

const ajv = new Ajv({ strict: false, allErrors: true });
const validate = ajv.compile(projectJsonSchema());

/** Whether the editor and the loader both accept the text. */
function verdicts(text: string) {
  return { editor: validate(parseYaml(text)), loader: parse(text).project !== undefined };
}

describe('the JSON Schema for editors', () => {
  it.each(['typescript/apigen.yml', 'typescript/apigen.rest.yml', 'javascript/apigen.yml'])('accepts %s', (file) => {
    const text = readFileSync(`templates/${file}`, 'utf8');
    expect(verdicts(text)).toEqual({ editor: true, loader: true });
  });

  it.each([
    ['an unknown key', 'name: shop\nregion: eu-west-1\nmodles: {}\n'],
    [
      'an unknown key of a route',
      'name: shop\nregion: eu-west-1\napis: { p: { type: rest, auth: none, routes: { GET /a: { handlr: x } } } }\n',
    ],
    ['a wrong type', 'name: shop\nregion: eu-west-1\ndefaults: { function: { memory: big } }\n'],
    ['a number out of range', 'name: shop\nregion: eu-west-1\ndefaults: { function: { timeout: 901 } }\n'],
    ['a region that does not exist', 'name: shop\nregion: eu-wset-1\n'],
    ['a runtime that ended', 'name: shop\nregion: eu-west-1\ndefaults: { function: { runtime: nodejs18.x } }\n'],
    ['a bad name', 'name: My Shop\nregion: eu-west-1\n'],
    ['a missing file', 'name: shop\nregion: eu-west-1\nmodels: { A: { backups: continuous } }\n'],
    ['a missing name', 'region: eu-west-1\n'],
  ])('refuses what the loader refuses: %s', (_what, text) => {
    expect(verdicts(text)).toEqual({ editor: false, loader: false });
  });

  it.each([
    'stages: { prod: { models: { A: { backups: null } }, defaults: { function: { memory: 512 } } } }',
    'stages: { prod: { apis: { p: { routes: { GET /a: null } } } } }',
    'stages: { prod: { protect: true, account: "123456789012" }, dev: null }',
  ])('lets a stage override a part of anything: %s', (stages) => {
    expect(validate(parseYaml(`name: shop\nregion: eu-west-1\n${stages}\n`))).toBe(true);
  });

  it.each([
    'stages: { prod: { name: x } }',
    'stages: { prod: { modles: {} } }',
    'stages: { prod: { defaults: { function: { memry: 1 } } } }',
  ])('checks what a stage says: %s', (stages) => {
    expect(validate(parseYaml(`name: shop\nregion: eu-west-1\n${stages}\n`))).toBe(false);
  });

  it('describes every key', () => {
    const silent: string[] = [];
    const visit = (node: SchemaNode, path: string): void => {
      for (const [key, child] of Object.entries((node['properties'] ?? {}) as Record<string, SchemaNode>)) {
        if (typeof child['description'] !== 'string') silent.push(`${path}.${key}`);
        visit(child, `${path}.${key}`);
      }
      for (const child of [node['additionalProperties'], ...((node['anyOf'] as unknown[]) ?? [])]) {
        if (typeof child === 'object' && child !== null) visit(child as SchemaNode, `${path}.*`);
      }
    };
    visit(projectJsonSchema(), 'apigen');
    expect(silent).toEqual([]);
  });

  it('knows the keys of a place, for hints', () => {
    expect(knownKeys(['models', 'Product'])).toEqual([
      ...['file', 'capacity', 'backups', 'class', 'encryption', 'replicas', 'stream', 'protect'],
    ]);
    expect(knownKeys(['apis', 'p', 'routes', 'GET /a', 'mock'])).toEqual(['status', 'body', 'headers']);
    expect(knownKeys(['nowhere', 'at', 'all'])).toEqual([]);
  });
});
