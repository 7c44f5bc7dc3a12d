import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { languageReference } from '../../scripts/language-reference.ts';
import { parse } from './project-fixture.ts';

const page = readFileSync('docs/apigen-yml.md', 'utf8');

it('docs/apigen-yml.md is what the schema says (write it anew: node scripts/write-reference.js)', () => {
  expect(page).toBe(languageReference());
});

it('the example in docs/apigen-yml.md is a valid project', () => {
  const example = /```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
  expect(parse(example, { stage: 'prod' }).problems).toBeUndefined();
});
