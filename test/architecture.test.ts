// Holds ARCHITECTURE.md's direction of imports and the small rules that keep src/ readable. A failure names file,
// line and rule; the cure is nearly always to move code, not to widen the table.

import { describe, expect, it } from '@jest/globals';
import { readSources, type Source } from './harness/sources.ts';

/** Which folders of src/ each may import besides itself. `errors` is free to all; `main` alone wires everything. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  cli: ['ui'],
  commands: ['cli', 'ui', 'flows', 'project', 'api', 'models', 'build', 'engine', 'pricing', 'operate', 'gateway'],
  flows: [
    ...['project', 'api', 'models', 'build', 'engine', 'kinds'],
    ...['aws', 'ledger', 'gateway', 'pricing', 'operate', 'ui'],
  ],
  project: [],
  api: ['project', 'models'],
  models: ['project', 'build'],
  build: ['project'],
  engine: [],
  kinds: ['api', 'engine', 'aws'],
  aws: ['engine'],
  ledger: ['engine', 'aws'],
  gateway: ['api', 'models'],
  pricing: ['project', 'api'],
  operate: ['aws'],
  ui: ['engine'],
  console: [],
};

/** Packages and platform modules that one part alone may load. */
const reserved: readonly { readonly what: RegExp; readonly only: readonly string[] }[] = [
  { what: /^commander$/, only: ['cli'] },
  { what: /^(inquirer|ora|chalk)$/, only: ['ui'] },
  { what: /^@aws-sdk\/|^@smithy\//, only: ['aws', 'kinds', 'ledger', 'operate', 'models'] },
  { what: /^esbuild$/, only: ['build', 'models', 'gateway'] },
  { what: /^yaml$/, only: ['project'] },
  // AGPL: tests alone use it, nothing that is shipped.
  { what: /^@cloud-copilot\//, only: [] },
  { what: /^(node:)?(tty|readline)/, only: ['ui'] },
];

/** Words of code that one part (or file) alone may use. */
const wording: readonly { readonly what: RegExp; readonly rule: string; readonly only: readonly string[] }[] = [
  {
    what: /\bprocess\s*\.\s*(stdout|stderr|stdin)\b|\bconsole\s*\.|\bisTTY\b/,
    rule: 'only ui/ touches the terminal',
    // The loader of model files is a process of its own, whose output it takes away from them.
    only: ['ui', 'src/models/loader/child.ts'],
  },
  {
    what: /\bprocess\s*\.\s*exit\b/,
    rule: 'only main.ts may leave the process',
    // In a worker thread it ends that thread alone.
    only: ['main', 'src/gateway/functions/runtime/child.ts'],
  },
  {
    what: /\bnew\s+\w*(?:Client|DynamoDB|Lambda|IAM|STS)\s*\(/,
    rule: 'only aws/ constructs SDK clients',
    only: ['aws'],
  },
];

const MAX_LINES = 250;

const sources = await readSources();

function findings(check: (source: Source) => readonly string[]): string[] {
  return sources.flatMap(check);
}

describe('the sources', () => {
  it('live in folders that the design names', () => {
    const unknown = sources.filter(({ part }) => part !== 'main' && !(part in allowed)).map(({ path }) => path);
    expect(unknown).toEqual([]);
  });

  it('import down the layers and never back', () => {
    const wrong = findings(({ path, part, imports }) =>
      imports
        .filter(({ part: target }) => target !== undefined && target !== part && target !== 'errors' && part !== 'main')
        .filter(({ part: target }) => !(allowed[part] ?? []).includes(target ?? ''))
        .map(({ line, part: target }) => `${path}:${line} ${part}/ may not import ${target}/`),
    );
    expect(wrong).toEqual([]);
  });

  it('know no package that belongs to another part', () => {
    const wrong = findings(({ path, part, imports }) =>
      imports.flatMap(({ line, specifier, isType }) =>
        reserved
          .filter(({ what, only }) => !isType && what.test(specifier) && !only.includes(part))
          .map(({ only }) => `${path}:${line} ${specifier} belongs to ${only.join(', ') || 'tests alone'}`),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('of the engine know no platform, no disk and no package', () => {
    const wrong = findings(({ path, part, imports }) =>
      part !== 'engine'
        ? []
        : imports
            .filter(({ specifier }) => !specifier.startsWith('.') && specifier !== 'node:crypto')
            .map(({ line, specifier }) => `${path}:${line} the engine is pure: no ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });

  it('touch the terminal, leave the process and make clients only where that belongs', () => {
    const wrong = findings(({ path, part, code }) =>
      code.flatMap((text, index) =>
        wording
          .filter(({ what, only }) => what.test(text) && !only.includes(part) && !only.includes(path))
          .map(({ rule }) => `${path}:${index + 1} ${rule}: ${text.trim()}`),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('are wired by main.ts, which nobody imports', () => {
    const wrong = findings(({ path, imports }) =>
      imports.filter(({ part }) => part === 'main').map(({ line }) => `${path}:${line} imports main.ts`),
    );
    expect(wrong).toEqual([]);
  });

  it(`have at most ${MAX_LINES} lines`, () => {
    const wrong = findings(({ path, lines }) => (lines > MAX_LINES ? [`${path} has ${lines} lines`] : []));
    expect(wrong).toEqual([]);
  });

  it('open with a comment of one to five lines that says what they own', () => {
    const wrong = findings(({ path, opening }) =>
      opening >= 1 && opening <= 5 ? [] : [`${path} opens with ${opening} comment lines`],
    );
    expect(wrong).toEqual([]);
  });

  it('are kebab-case files without vague names', () => {
    const wrong = findings(({ path }) => {
      const name = path.slice(path.lastIndexOf('/') + 1);
      const isVague = /[/-](utils?|helpers?|managers?|data|info|misc|common)(\/|\.ts$)/.test(path);
      return isVague || !/^[a-z0-9]+(-[a-z0-9]+)*(\.d)?\.ts$/.test(name) ? [path] : [];
    });
    expect(wrong).toEqual([]);
  });
});

describe('start-up', () => {
  it('loads no command and none of the slow packages before a command is typed', () => {
    const byPath = new Map(sources.map((source) => [source.path, source]));
    const seen = new Set<string>();
    const wrong: string[] = [];
    const visit = (path: string): void => {
      if (seen.has(path)) return;
      seen.add(path);
      for (const { line, specifier, target, isType, isLazy } of byPath.get(path)?.imports ?? []) {
        if (isType || isLazy) continue;
        if (/^(@aws-sdk|@smithy|inquirer|ora|esbuild|zod|yaml|ajv|dynalite)/.test(specifier)) {
          wrong.push(`${path}:${line} loads ${specifier} at start-up`);
        }
        if (target !== undefined) visit(target);
      }
    };
    visit('src/main.ts');
    expect(wrong).toEqual([]);
    const lists = ['src/commands/index.ts', 'src/commands/table-commands.ts'];
    expect([...seen].filter((path) => path.startsWith('src/commands/'))).toEqual(lists);
  });
});
