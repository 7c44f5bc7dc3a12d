// RELIABILITY.md says of each promise which test holds it: that test must be there, under that name.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '..');
const page = readFileSync(join(root, 'RELIABILITY.md'), 'utf8');
/** `| promise | held by |`, without heads and rules. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (Promise|Report) \|/.test(line))
  .map((line) => line.split('|').slice(1, -1));

/** Template names (`${name}: …`) and names that stop at … are compared as far as they are said. */
const said = (name: string): readonly string[] => name.split('…').filter((part) => part.trim().length > 3);

describe('RELIABILITY.md', () => {
  it('names tests, benches or commands that are there', () => {
    expect(rows.length).toBeGreaterThan(40);
    const files = [...page.matchAll(/`((?:test|bench|scripts)\/[^`]+)`/g)].map(([, path = '']) => path);
    expect(files.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const commands = [...page.matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(([, script = '']) => script);
    expect(commands.filter((script) => !(script in scripts))).toEqual([]);
  });

  it('has for each promise something that holds it', () => {
    const unheld = rows.filter(([, held = '']) => !/`(test|bench)\/|npm run/.test(held));
    expect(unheld).toEqual([]);
  });

  it('quotes names that those tests have', () => {
    const missing = rows.flatMap(([, held = '']) =>
      [...held.matchAll(/`(test\/[^`]+)`(?:: ((?:\*[^*]+\*(?:, )?)+))?/g)].flatMap(([, path = '', quoted = '']) => {
        const text = readFileSync(join(root, path), 'utf8').replaceAll("\\'", "'");
        const names = [...quoted.matchAll(/\*([^*]+)\*/g)].flatMap(([, name = '']) => said(name));
        return names.filter((part) => !text.includes(part.trim().replace(/,$/, ''))).map((part) => `${path}: ${part}`);
      }),
    );
    expect(missing).toEqual([]);
  });
});
