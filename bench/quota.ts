// How long a deploy takes behind AWS's control-plane quotas, 80 ms of latency and slow roles, and what the quotas alone
// allow: `node scripts/run.js bench/quota.ts [routes …]` prints the arithmetic of the bound beside the measurement.

import { setTimeout as sleep } from 'node:timers/promises';
import { wideProject } from '../test/e2e/wide-project.ts';
import { startEmulators } from '../test/harness/emulators.ts';
import { arithmetic } from '../test/harness/quota-bound.ts';
import type { LoggedCall } from '../test/harness/quota-proxy/call-log.ts';
import { startQuotaProxy } from '../test/harness/quota-proxy/quota-proxy.ts';
import { startCli } from '../test/harness/started-cli.ts';
import { temporaryProject } from '../test/harness/temporary-project.ts';

/** Until Lambda takes a new role. */
const roleMs = 8000;

export async function main(words: readonly string[]): Promise<number> {
  const sizes = words.length > 0 ? words.map(Number) : [20, 60];
  const emulators = await startEmulators();
  try {
    for (const routes of sizes) await measure(emulators.ministack, routes);
  } finally {
    await emulators.stop();
  }
  return 0;
}

async function measure(ministack: string, routes: number): Promise<void> {
  const name = `wide-${routes}`;
  const project = await temporaryProject(wideProject(name, routes));
  const proxy = await startQuotaProxy({ target: ministack, latencyMs: 80, rolePropagationMs: roleMs });
  try {
    for (const args of [
      ['deploy', '--yes'],
      ['deploy', '--yes'],
      ['destroy', '--confirm', `${name}/dev`],
    ]) {
      proxy.restart();
      const started = performance.now();
      const cli = await startCli(args, {
        cwd: project.root,
        endpoint: proxy.endpoint,
        env: { APIGEN_PACE: 'aws' },
      });
      const { code, output } = await cli.ended;
      const seconds = (performance.now() - started) / 1000;
      process.stdout.write(report(`${routes} routes: apigen ${args[0]}`, seconds, proxy.calls()));
      if (code !== 0) process.stdout.write(output);
      // What is left of a quota is not carried over to the next measurement.
      await sleep(5000);
    }
  } finally {
    await proxy.close();
    await project.remove();
  }
}

function report(title: string, seconds: number, calls: readonly LoggedCall[]): string {
  const refused = calls.filter((call) => call.status === 429 || call.outcome === 'throttled').length;
  const counts = new Map<string, number>();
  for (const { service, operation } of calls) {
    const call = `${service} ${operation}`;
    counts.set(call, (counts.get(call) ?? 0) + 1);
  }
  const most = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 14);
  return [
    `${title}: ${seconds.toFixed(1)} s, ${calls.length} calls, ${refused} refused`,
    // What asks whether a role serves already is sent while nothing else needs the bucket.
    arithmetic(
      calls.filter((call) => call.outcome !== 'role-not-ready'),
      roleMs / 1000,
    ),
    `  ${most.map(([call, count]) => `${call} ${count}`).join(', ')}`,
    '',
  ].join('\n');
}

process.exitCode = await main(process.argv.slice(2));
