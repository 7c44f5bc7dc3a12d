// What happens under dev as a person reads it: a line for each request, what functions print beside their route, and
// broken files with the place to mend.

import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { ChalkInstance } from 'chalk';
import type { Problem } from '../../errors.ts';
import { codeFrame } from '../../ui/code-frame.ts';
import { table } from '../../ui/table.ts';
import { cannotRun, isFine } from './broken-parts.ts';
import type { DevEvent } from './dev-event.ts';
import { milliseconds, printable } from './line-parts.ts';
import { deliveryLine, triggerList } from './trigger-lines.ts';

export interface LineView {
  readonly style: ChalkInstance;
  readonly width: number;
  readonly cwd: string;
}

export function devLine(event: DevEvent, view: LineView): string {
  const { style } = view;
  switch (event.type) {
    case 'ready':
      return readyText(event, view);
    case 'request': {
      const start = event.start === undefined ? '' : style.dim(` ${event.start}`);
      const line = `${event.method} ${printable(event.path)}`;
      return `${status(event.status, style)} ${line} ${style.dim(`${milliseconds(event.ms)}`)}${start}`;
    }
    case 'delivery':
      return deliveryLine(event, style);
    case 'output':
      return outputText(event, style);
    case 'broken':
      return [style.red(`✗ ${cannotRun(event.what)}`), ...event.problems.map((one) => problemText(one, view))].join(
        '\n',
      );
    case 'healed':
      return style.green(`✓ ${isFine(event.what)}`);
    case 'reloaded':
      return style.dim(`↻ ${event.what} ${milliseconds(event.ms)}`);
    case 'note':
      return style.yellow(`! ${event.text}`);
  }
}

function readyText(
  { apis, triggers, ms, inspector }: Extract<DevEvent, { type: 'ready' }>,
  { style, width }: LineView,
): string {
  const parts = apis.flatMap((api) => {
    const rows = api.routes.map(({ route, auth, key, function: called }) => [
      route,
      auth === 'none' ? style.yellow('public') : auth,
      key ? 'key' : '',
      style.dim(called ?? ''),
    ]);
    const head = `${style.bold(api.name)} ${style.dim(api.type)} ${style.cyan(api.url)}`;
    const keys = (api.keys ?? []).map(({ plan, value }) => `  ${style.dim(`key of ${plan}:`)} ${value}`);
    return ['', head, ...(rows.length > 0 ? [table(rows, { width, indent: '  ' })] : []), ...keys];
  });
  const attach = inspector === undefined ? [] : [`Attach a debugger to ${style.cyan(new URL(inspector).host)}`];
  return [
    style.green(`✓ Ready in ${milliseconds(ms)}`),
    ...attach,
    ...parts,
    ...triggerList(triggers, style, width),
    '',
  ].join('\n');
}

function outputText(event: Extract<DevEvent, { type: 'output' }>, style: ChalkInstance): string {
  const request = event.requestId === '' ? '' : ` ${event.requestId}`;
  const head = style.dim(`${event.route === '' ? event.function : event.route}${request} │`);
  const lines = event.text.replace(/\n$/, '').split('\n');
  return lines
    .map((line) => printable(line, style.level > 0))
    .map((line) => `${head} ${event.stream === 'stderr' ? style.red(line) : line}`)
    .join('\n');
}

function problemText({ message, hint, position }: Problem, { style, width, cwd }: LineView): string {
  const lines = [`  ${message}`];
  if (position !== undefined) {
    const { file, line, column } = position;
    lines.unshift(`  ${style.underline(`${relative(cwd, file)}:${line}:${column}`)}`);
    lines.push(...codeFrame(sourceOf(file), line, column, width - 4).map((text) => `    ${style.dim(text)}`));
  }
  if (hint !== undefined) lines.push(`  ${style.cyan('Try:')} ${hint}`);
  return lines.join('\n');
}

function sourceOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function status(code: number, style: ChalkInstance): string {
  if (code >= 500) return style.red(code);
  return code >= 400 ? style.yellow(code) : style.green(code);
}
