// A plan as a comment on a pull request.

import type { Plan } from '../engine/plan.ts';
import { type PlanFacts, standing, summary } from './plan-text.ts';

export function planMarkdown(plan: Plan, facts: PlanFacts): string {
  const rows = plan.changes.map(
    ({ action, title, name, reason, byHand, shared }) =>
      `| ${action} | ${title} | \`${name}\` | ${action === 'create' ? '' : cell(reason)}${byHand ? ' (by hand)' : ''}${shared && action !== 'create' ? ' (other API versions use it too)' : ''} |`,
  );
  const table = rows.length === 0 ? [] : ['', '| | Resource | Name | What |', '|---|---|---|---|', ...rows];
  const open =
    facts.publicRoutes.length === 0 ? [] : ['', `**Public:** ${facts.publicRoutes.map((r) => `\`${r}\``).join(', ')}`];
  const version = facts.apiVersion === undefined ? '' : `, API version ${facts.apiVersion},`;
  const blocked = plan.blockers.map(({ title, name, detail }) => `\n> **${title} \`${name}\`:** ${cell(detail)}`);
  return [
    `### apigen plan: ${facts.project}/${facts.stage}${version} in ${facts.account}, ${facts.region}`,
    '',
    `${summary(plan)}.`,
    ...table,
    ...blocked,
    ...open,
    ...standing(facts).map((text) => `\n> ${text}`),
    ...(facts.models ?? []).map(({ needsCare, text }) => `\n> ${needsCare ? '**!** ' : ''}${cell(text)}`),
    '',
  ].join('\n');
}

/** A bar would end the cell. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
