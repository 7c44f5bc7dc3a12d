// A plan as a person reads it, and as JSON. Pure: text in, text out.

import type { ChalkInstance } from 'chalk';
import type { Json } from '../engine/kind.ts';
import type { Action, Change, Plan } from '../engine/plan.ts';
import { wrapText } from './wrap-text.ts';

/** What a change of a model means for the items that are stored. */
export interface ModelRemark {
  readonly model: string;
  /** The attribute or index; empty for the key. */
  readonly subject: string;
  readonly kind: string;
  /** Something may fail or be lost unless a person acts. */
  readonly needsCare: boolean;
  /** `Product.price: …`. */
  readonly text: string;
}

export interface PlanFacts {
  readonly project: string;
  readonly stage: string;
  /** Absent: the only one that goes without saying. */
  readonly apiVersion?: string | undefined;
  readonly account: string;
  readonly region: string;
  /** `http://127.0.0.1:4566` when it is not AWS itself. */
  readonly endpoint: string | undefined;
  /** `GET /health (public)`: routes that anybody may call. */
  readonly publicRoutes: readonly string[];
  readonly models?: readonly ModelRemark[] | undefined;
  /** The API version whose functions streams, queues, topics and schedules run, where it is another. */
  readonly triggersIn?: string | undefined;
  /** The newest release has only a share of the traffic. */
  readonly canary?: { readonly release: number; readonly share: number } | undefined;
}

const marks: Readonly<Record<Action, string>> = { create: '+', update: '~', replace: '±', delete: '-', retire: '·' };

const words: Readonly<Record<Action, string>> = {
  create: 'to create',
  update: 'to update',
  replace: 'to replace',
  delete: 'to delete',
  retire: 'to retire',
};

export interface TextOptions {
  readonly style: ChalkInstance;
  readonly width: number;
}

export function planText(plan: Plan, facts: PlanFacts, { style, width }: TextOptions): string {
  const where = facts.endpoint === undefined ? `account ${facts.account}, ${facts.region}` : facts.endpoint;
  const version = facts.apiVersion === undefined ? '' : `, API version ${facts.apiVersion}`;
  const lines = [`${style.bold(`${facts.project}/${facts.stage}`)}${version} → ${where}`, ''];
  for (const change of plan.changes) lines.push(...changeLines(change, { style, width }));
  if (plan.changes.length === 0) lines.push('  Nothing to change.');
  lines.push(...remarks(plan, { style, width }));
  for (const text of standing(facts)) {
    const [first = '', ...more] = wrapText(text, Math.max(20, width - 4));
    lines.push(style.yellow(`  ! ${first}`), ...more.map((line) => style.yellow(`    ${line}`)));
  }
  for (const { needsCare, text } of facts.models ?? []) {
    const [first = '', ...more] = wrapText(text, Math.max(20, width - 4));
    const paint = needsCare ? style.yellow : style.dim;
    lines.push(paint(`  ${needsCare ? '!' : '·'} ${first}`), ...more.map((line) => paint(`    ${line}`)));
  }
  if (facts.publicRoutes.length > 0) {
    lines.push(
      '',
      style.yellow('Public, without any authorization:'),
      ...facts.publicRoutes.map((route) => `  ${route}`),
    );
  }
  lines.push('', summary(plan));
  return lines.join('\n');
}

/** `12 to create, 1 to update, 3 unchanged`. */
export function summary(plan: Plan): string {
  const counts = (Object.keys(words) as Action[]).flatMap((action) => {
    const count = plan.changes.filter((change) => change.action === action).length;
    return count === 0 ? [] : [`${count} ${words[action]}`];
  });
  return [...counts, `${plan.unchanged} unchanged`].join(', ');
}

/** One change with what differs. */
export function changeLines(change: Change, { style, width }: TextOptions): readonly string[] {
  const colour = {
    create: style.green,
    update: style.yellow,
    replace: style.magenta,
    delete: style.red,
    retire: style.dim,
  };
  const head = `  ${colour[change.action](marks[change.action])} ${change.title} ${style.bold(change.name)}`;
  const reasons = change.action === 'create' && !change.byHand ? [] : [...detailLines(change), ...sharedLines(change)];
  return [
    head,
    ...reasons.flatMap((reason) => wrapText(reason, Math.max(20, width - 6))).map((line) => style.dim(`      ${line}`)),
  ];
}

const sharedLines = ({ shared }: Change): readonly string[] =>
  shared ? ['other API versions of the stage use it too'] : [];

function detailLines(change: Change): readonly string[] {
  const why = detailOf(change);
  return change.byHand
    ? [`${change.differences.length === 0 ? 'it was deleted' : 'changed'} outside apigen:`, ...why]
    : why;
}

function detailOf(change: Change): readonly string[] {
  if (change.differences.length === 0 || change.action === 'replace') return [change.reason];
  return change.differences.map(({ path, from, to }) =>
    path.startsWith('weights') ? `canary: ${share(from)} → ${share(to)}` : `${path}: ${shown(from)} → ${shown(to)}`,
  );
}

/** A share of the traffic, from 0 to 1, as a person says it. */
export const share = (value: Json | undefined): string =>
  typeof value === 'number' ? `${Number((value * 100).toFixed(2))}%` : '(none)';

const longestValue = 60;

/** Hashes and maps are cut: what matters is that they differ, and where. */
function shown(value: Json | undefined): string {
  if (value === undefined || value === null || value === '') return '(none)';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (/^apigen:[0-9a-f]{32}$/.test(text)) return text.slice('apigen:'.length, 'apigen:'.length + 8);
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
}

function remarks(plan: Plan, { style }: TextOptions): readonly string[] {
  const lines: string[] = [];
  for (const blocker of plan.blockers) {
    lines.push('', style.red(`  ✗ ${blocker.title} ${blocker.name}: ${blocker.detail}`));
  }
  for (const leftover of plan.kept) {
    lines.push(style.dim(`  = ${leftover.target.name} is no longer declared and is kept: it holds data`));
  }
  for (const { node, child } of plan.unknownChildren) {
    lines.push(style.yellow(`  ? ${child} of ${node} was not made by apigen and is left alone`));
  }
  if (plan.unfinished) lines.push(style.yellow('  ! An earlier deploy was cut off; this one finishes it.'));
  if (plan.joined.length > 0)
    lines.push(style.dim(`  = ${plan.joined.length} resources are shared with another API version`));
  const unknown = plan.unrecorded.length - plan.joined.length;
  if (unknown > 0) {
    lines.push(style.yellow(`  ! The ledger does not know ${unknown} live resources; they are recorded again.`));
  }
  return lines;
}

/** What stands beside this plan and bears on it. */
export function standing({ canary, triggersIn }: PlanFacts): readonly string[] {
  return [
    ...(canary
      ? [
          `Release ${canary.release} is a canary with ${share(canary.share)} of the requests. A deploy ends it: all traffic ` +
            'goes to what is deployed (apigen promote, apigen rollback).',
        ]
      : []),
    ...(triggersIn === undefined
      ? []
      : [`Streams, queues, topics and schedules run the functions of API version ${triggersIn}.`]),
  ];
}

/** The `--json` document of plan and, within it, of deploy. */
export function planDocument(plan: Plan, facts: PlanFacts) {
  const { project, stage, apiVersion, account, region, endpoint, publicRoutes, canary, triggersIn } = facts;
  return {
    project,
    stage,
    ...(apiVersion !== undefined && { apiVersion }),
    account,
    region,
    ...(endpoint !== undefined && { endpoint }),
    changes: plan.changes.map(({ action, node, title, name, differences, reason, byHand, shared }) => ({
      action,
      node,
      title,
      name,
      reason,
      byHand,
      ...(shared && { shared }),
      differences: differences.map(({ path, from, to }) => ({ path, from: from ?? null, to: to ?? null })),
    })),
    unchanged: plan.unchanged,
    blockers: plan.blockers,
    kept: plan.kept.map((leftover) => leftover.target.name),
    unknownChildren: plan.unknownChildren,
    unfinished: plan.unfinished,
    unrecorded: plan.unrecorded.filter((id) => !plan.joined.includes(id)),
    ...(plan.joined.length > 0 && { joined: plan.joined }),
    publicRoutes,
    models: facts.models ?? [],
    ...(canary && { canary }),
    ...(triggersIn !== undefined && { triggersIn }),
  };
}
