// `apigen types`: TypeScript types of the project's handlers, or whether they are up to date.

import { relative } from 'node:path';
import type { Command } from '../cli/command.ts';
import { generateTypes } from '../flows/types/generate-types.ts';
import { type ComparedFile, compareTypes, type FileState, writeTypes } from '../flows/types/write-types.ts';
import type { Ui } from '../ui/ui.ts';

export const types: Command = {
  name: 'types',
  summary: 'write TypeScript types for the handlers',
  description:
    'Writes src/generated: the event of every route with its parameters, body and caller, the items of every model, ' +
    'and a decoder that makes them of JSON. Commit the files, and let CI run it with --check. It calls nothing in AWS.',
  options: [{ flags: '--check', summary: 'write nothing; exit 3 when the files are out of date' }],
  examples: ['apigen types', 'apigen types --check'],
  async run({ options }, { cwd, ui }) {
    const isCheck = options['check'] === true;
    const progress = ui.progress('Reading models');
    const generated = await generateTypes({ cwd }).finally(() => progress.stop());
    const { root, models, routes } = generated;
    const files = await (isCheck ? compareTypes : writeTypes)(root, generated.files);
    const isCurrent = files.every(({ state }) => state === 'current');
    ui.result({ ok: !isCheck || isCurrent, root, models, routes, files }, () =>
      (isCheck ? checkText : writeText)(
        files,
        `${count(models, 'model')}, ${count(routes, 'route')}`,
        relative(cwd, root),
        ui,
      ),
    );
    return isCheck && !isCurrent ? 3 : 0;
  },
};

const SIGNS: Readonly<Record<FileState, string>> = { current: ' ', new: '+', changed: '~', 'left-over': '-' };

function writeText(files: readonly ComparedFile[], counts: string, place: string, { style }: Ui): string {
  const changed = files.filter(({ state }) => state !== 'current');
  if (changed.length === 0) return `${style.green('✓')} The types are up to date: ${counts}`;
  return [`${style.green('✓')} Wrote types of ${counts}`, ...linesOf(changed, place, style)].join('\n');
}

function checkText(files: readonly ComparedFile[], counts: string, place: string, { style }: Ui): string {
  const changed = files.filter(({ state }) => state !== 'current');
  if (changed.length === 0) return `${style.green('✓')} The types are up to date: ${counts}`;
  return [`${style.red('✗')} The types are out of date`, ...linesOf(changed, place, style), '  Try: apigen types'].join(
    '\n',
  );
}

function linesOf(files: readonly ComparedFile[], place: string, style: Ui['style']): readonly string[] {
  const colors = { current: style.dim, new: style.green, changed: style.yellow, 'left-over': style.red };
  return files.map(({ path, state }) => `  ${colors[state](SIGNS[state])} ${place === '' ? path : `${place}/${path}`}`);
}

const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`;
