// The proxy as a command, for benches and looks by hand: starts, prints its endpoint, runs until it is interrupted,
// then prints what passed.

import { parseArgs } from 'node:util';
import type { LoggedCall } from './call-log.ts';
import type { Fault } from './faults.ts';
import { startQuotaProxy } from './quota-proxy.ts';

const help = `Usage: quota-proxy --target URL [options]

  --port N                 default: a free one
  --latency MS             added to every control call (default 80)
  --no-quotas              do not enforce the documented quotas
  --role-propagation MS    until a new role serves (default 8000)
  --function-states MS     how long functions stay Pending or InProgress (default 500)
  --stale-reads MS         how long reads lag behind writes (default 0)
  --fault FAULT=SHARE      by chance: limit, error-before, error-after, reset-before, reset-after, silence-after; repeatable
  --seed TEXT              for the faults (default: drawn, printed)
  --expire-after N         credentials expire after this many calls
  --log FILE               one call a line, as JSON

While it runs: GET /_quota-proxy/calls, POST /_quota-proxy/restart, fault, credentials, kill-at.
`;

export async function main(words: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      target: { type: 'string' },
      port: { type: 'string' },
      latency: { type: 'string', default: '80' },
      'no-quotas': { type: 'boolean', default: false },
      'role-propagation': { type: 'string', default: '8000' },
      'function-states': { type: 'string', default: '500' },
      'stale-reads': { type: 'string', default: '0' },
      fault: { type: 'string', multiple: true, default: [] },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 1e9)) },
      'expire-after': { type: 'string' },
      log: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || values.target === undefined) {
    process.stderr.write(help);
    return values.help ? 0 : 2;
  }
  const proxy = await startQuotaProxy({
    target: values.target,
    port: values.port === undefined ? undefined : Number(values.port),
    latencyMs: Number(values.latency),
    quotas: !values['no-quotas'],
    rolePropagationMs: Number(values['role-propagation']),
    functionStatesMs: Number(values['function-states']),
    staleReadsMs: Number(values['stale-reads']),
    faultShares: Object.fromEntries(values.fault.map(shareOf)),
    seed: values.seed,
    credentialsExpireAfter: values['expire-after'] === undefined ? undefined : Number(values['expire-after']),
    logFile: values.log,
  });
  process.stdout.write(`${proxy.endpoint}\n`);
  process.stderr.write(`seed ${values.seed}\n`);
  await interrupted();
  process.stderr.write(summary(proxy.calls()));
  await proxy.close();
  return 0;
}

function shareOf(text: string): [Fault, number] {
  const [fault, share] = text.split('=');
  return [fault as Fault, Number(share)];
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}

/** `lambda CreateFunction: 20 passed, 2 throttled`. */
function summary(calls: readonly LoggedCall[]): string {
  const counts = new Map<string, Map<string, number>>();
  for (const { service, operation, outcome } of calls) {
    const outcomes = counts.get(`${service} ${operation}`) ?? new Map<string, number>();
    counts.set(`${service} ${operation}`, outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1));
  }
  const lines = [...counts].map(
    ([call, outcomes]) => `${call}: ${[...outcomes].map(([outcome, count]) => `${count} ${outcome}`).join(', ')}`,
  );
  return `${lines.sort().join('\n')}\n`;
}
