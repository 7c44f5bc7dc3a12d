// What must hold after a deploy that succeeded, whatever came before it. Each breach is a sentence.

import type { LedgerRow } from '../../../src/engine/ledger.ts';
import { liveLines, versionCounts } from './live-lines.ts';
import type { StageRecord } from './stage-record.ts';
import type { Tagged } from './tagged.ts';

export interface Settled {
  /** What a first deploy of the same source leaves, in {@link liveLines}. */
  readonly fresh: readonly string[];
  /** The inventory as it is. */
  readonly resources: readonly string[];
  readonly tagged: readonly Tagged[];
  readonly record: StageRecord;
  /** Functions that somebody deleted or published by hand: which versions they have is theirs. */
  readonly tampered: ReadonlySet<string>;
  /** Half a destroy took functions of kept releases. */
  readonly torn: boolean;
  /** Tables that a destroy has kept: nobody's row says so, their tags do. */
  readonly kept: ReadonlySet<string>;
}

export function settledBreaches(settled: Settled): readonly string[] {
  return [...likeFresh(settled), ...inLedger(settled), ...prunedVersions(settled)];
}

/** All that the source asks for stands, as it would without a past; what stands besides is kept for a reason. */
function likeFresh({ fresh, resources, record, kept }: Settled): readonly string[] {
  const live = liveLines(resources);
  const isKept = (line: string): boolean =>
    line.startsWith('table ') ? isKeptTable(line.slice('table '.length), record, kept) : isRetired(line, record);
  const missing = fresh.filter((line) => !live.includes(line));
  const more = live.filter((line) => !fresh.includes(line) && !isKept(line));
  if (missing.length + more.length === 0) return [];
  const lines = [...missing.map((line) => `  - ${line}`), ...more.map((line) => `  + ${line}`)];
  return [['what is live is not what a first deploy leaves:', ...lines].join('\n')];
}

const isKeptTable = (table: string, { rows }: StageRecord, kept: ReadonlySet<string>): boolean =>
  kept.has(table) || rows.some(({ kind, name }) => kind === 'dynamodb-table' && name === table);

function isRetired(line: string, { rows, releases }: StageRecord): boolean {
  const row = rows.find((one) => one.status === 'retired' && names(line, one));
  return row !== undefined && releases.some(({ nodes }) => nodes.includes(row.id));
}

function names(line: string, { kind, name, physicalId = '' }: LedgerRow): boolean {
  const words: Readonly<Record<string, string>> = {
    'lambda-function': `function ${name} `,
    'iam-role': `role ${name} `,
    'log-group': `log group ${name} `,
    'lambda-permission': `permission ${physicalId}`,
    'rest-api': `REST API ${name} `,
    'http-api': `HTTP API ${name} `,
    'websocket-api': `HTTP API ${name} `,
  };
  const word = words[kind];
  return word !== undefined && (word.endsWith(' ') ? line.startsWith(word) : line === word);
}

/** One resource for each node, each in the ledger by its id, and nothing open. */
function inLedger({ tagged, record, kept }: Settled): readonly string[] {
  const breaches: string[] = [];
  const seen = new Set<string>();
  for (const { node, id } of tagged) {
    if (seen.has(node)) breaches.push(`${node} is there twice`);
    seen.add(node);
    const row = record.rows.find((one) => one.id === node);
    if (!row && kept.has(id)) continue;
    if (!row) breaches.push(`${node} (${id}) carries our tags, but the ledger does not know it`);
    else if (row.physicalId !== id) breaches.push(`${node} is ${id}, and ${row.physicalId} in the ledger`);
  }
  for (const { id, status } of record.rows) {
    if (status !== 'live' && status !== 'retired') breaches.push(`${id} is still ${status} in the ledger`);
  }
  if (record.journalOpen) breaches.push('a journal is open');
  return breaches;
}

/** As many versions of a function as kept releases point at, and the one that what is not published equals. */
function prunedVersions({ resources, record, tampered, torn }: Settled): readonly string[] {
  return [...versionCounts(resources)].flatMap(([name, count]) => {
    if (tampered.has(name)) return [];
    const aliases = record.releases.flatMap(({ cutover }) =>
      cutover.filter(({ kind, props }) => kind === 'lambda-alias' && props['functionName'] === name),
    );
    const used = new Set(aliases.map(({ props }) => props['publication'])).size;
    return (torn || count >= used) && count <= used + 1
      ? []
      : [`${name} has ${count} versions, and kept releases use ${used}`];
  });
}
