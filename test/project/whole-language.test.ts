// One file with every part of the language, as the design has it.

import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { formatProblems, parse } from './project-fixture.ts';

const text = readFileSync('test/fixtures/whole-language.yml', 'utf8');

it.each(['dev', 'prod'])('is accepted at %s, with one warning for the queue that it leaves open', (stage) => {
  const parsed = parse(text, { stage });
  expect(formatProblems(parsed)).toEqual([]);
  expect(parsed.project?.warnings?.map(({ code }) => code)).toEqual(['UNCLEAR_RESOURCE']);
});

const blocks = [...readFileSync('docs/apis.md', 'utf8').matchAll(/## (.+)\n[\s\S]*?```yaml\n([\s\S]*?)```/g)];

it.each(blocks.map(([, title = '', body = '']) => [title, body]))('docs/apis.md, %s, is accepted', (_title, body) => {
  expect(formatProblems(parse(`name: shop\nregion: eu-west-1\n${body}`))).toEqual([]);
});
