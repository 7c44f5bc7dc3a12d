// `apigen cost-estimate`: what a project, a usage file or a handful of flags costs a month.

import type { Command, CommandContext } from '../cli/command.ts';
import { reportDocument } from '../flows/estimate/estimate-document.ts';
import { type RawFlags, readFlags } from '../flows/estimate/flags.ts';
import { prepareEstimate } from '../flows/estimate/prepare-estimate.ts';
import { renderReport } from '../flows/estimate/render-report.ts';
import { makeReport } from '../flows/estimate/report.ts';

export const costEstimate: Command = {
  name: 'cost-estimate',
  summary: 'estimate the monthly cost',
  description:
    'Prices the project here with the usage: block of apigen.yml or a usage file, or an API described by flags ' +
    '(--type). Amounts are exact and rounded only when shown. Prices that are not known are said to be unknown.',
  options: [
    {
      flags: '--type <type>',
      summary: 'estimate by flags alone: rest, http or websocket',
      choices: ['rest', 'http', 'websocket'],
    },
    { flags: '--requests <number>', summary: 'requests a month: 10M, 1.5k' },
    { flags: '--users <number>', summary: 'instead of --requests, with --requests-per-user' },
    { flags: '--requests-per-user <number>', summary: 'requests a month of each user' },
    { flags: '--memory <mb>', summary: 'memory of the function; default 128' },
    { flags: '--duration <time>', summary: 'how long the function runs: 120ms; default 100ms' },
    { flags: '--architecture <name>', summary: 'x86_64 or arm64; default arm64', choices: ['x86_64', 'arm64'] },
    { flags: '--request-size <size>', summary: 'size of a request (or message): 4KB' },
    { flags: '--response-size <size>', summary: 'size of a response: 3KB' },
    { flags: '--log-size <size>', summary: 'what a call writes to the logs: 512B' },
    { flags: '--reads <number>', summary: 'DynamoDB items read a month, eventually consistent' },
    { flags: '--writes <number>', summary: 'DynamoDB items written a month' },
    { flags: '--item-size <size>', summary: 'size of an item; default 1KB' },
    { flags: '--storage <size>', summary: 'what the table stores: 10GB' },
    { flags: '--sent <number>', summary: 'WebSocket: messages to clients a month' },
    { flags: '--connection-minutes <number>', summary: 'WebSocket: minutes of all connections a month' },
    { flags: '--cache <size>', summary: 'REST: stage cache: 0.5GB' },
    { flags: '--cache-hits <share>', summary: 'share of GET requests it answers; default 80%' },
    { flags: '--region <region>', summary: 'whose prices; default that of the project, or us-east-1' },
    { flags: '-s, --stage <name>', summary: 'the stage of the project; default dev' },
    {
      flags: '--free-tier <tier>',
      summary: 'none, always or legacy; default none',
      choices: ['none', 'always', 'legacy'],
    },
    { flags: '--month <length>', summary: 'length of the month: 730h (default), 30d' },
    { flags: '--usage <file>', summary: 'a usage file instead of usage: in apigen.yml' },
    { flags: '--no-project', summary: 'price the usage file alone, without the project here' },
    { flags: '--exclude <services>', summary: 'leave services out: lambda,data-transfer', repeatable: true },
    { flags: '--compare <settings...>', summary: 'compare settings: type=rest,http memory=128,256' },
    { flags: '--chart', summary: 'draw cost against requests, with tiers and break-evens' },
    { flags: '--months <number>', summary: 'look ahead with the growth of the usage' },
    { flags: '--budget <dollars>', summary: 'exit 3 when a month costs more' },
  ],
  examples: [
    'apigen cost-estimate --type rest --requests 10M',
    'apigen cost-estimate --type http --users 1000 --requests-per-user 10000 --memory 256 --duration 120ms',
    'apigen cost-estimate --requests 10M --compare type=rest,http architecture=x86_64,arm64 --chart',
    'apigen cost-estimate --usage usage.yml --budget 100 --json',
  ],
  async run(input, context) {
    const { ui, cwd, env } = context;
    const raw = await completed(input.options, context);
    const flags = readFlags(raw);
    const { prepared, title, byRoute } = await prepareEstimate(flags, { cwd, env });
    const { compare, chart, months, budget } = flags;
    const report = makeReport(prepared, { title, byRoute, compare, chart, months, budget });
    ui.result(reportDocument(report), () => renderReport(report, { style: ui.style, width: ui.width }));
    if (report.budget?.over === null && ui.json)
      ui.warn('Some prices are unknown: whether the budget holds cannot be said.');
    return report.budget?.over === true ? 3 : 0;
  },
};

// Questions only where nothing else says what to price and a person is there.
async function completed(raw: RawFlags, { ui, cwd }: CommandContext): Promise<RawFlags> {
  if (!ui.interactive || raw['usage'] !== undefined) return raw;
  const complete = raw['type'] !== undefined && (raw['requests'] ?? raw['users']) !== undefined;
  if (complete || (raw['type'] === undefined && (await isInProject(cwd)))) return raw;
  const { askUsage, commandOf } = await import('../flows/estimate/ask-usage.ts');
  const answered = await askUsage(raw, ui);
  ui.note(`The same without questions: ${commandOf(answered)}`);
  return answered;
}

async function isInProject(cwd: string): Promise<boolean> {
  const { findProjectFile } = await import('../project/find-project-file.ts');
  return findProjectFile(cwd).then(
    () => true,
    () => false,
  );
}
