// The lines that cost most, and what would lower them.

import { formatMoney, formatShare } from '../../pricing/format.ts';
import type { CostlyLine, Lever } from '../../pricing/levers.ts';
import { SERVICES } from '../../pricing/meters.ts';
import { wrapIndented } from '../../ui/wrap-text.ts';
import type { View } from './render-lines.ts';

export function renderLevers(costly: readonly CostlyLine[], view: View): string {
  if (costly.length === 0) return '';
  const { style } = view;
  const shown = new Set<string>();
  const blocks = costly.map(({ line, share, levers }, index) => {
    const title = `${index + 1}. ${SERVICES[line.service]}, ${line.item}: ${formatMoney(line.known)} (${formatShare(share)})`;
    // A lever that lowers two of the lines is told with the first.
    const fresh = levers.filter(({ id }) => !shown.has(id));
    for (const { id } of fresh) shown.add(id);
    return [wrapIndented(title, view.width, ''), ...fresh.map((lever) => leverText(lever, view))].join('\n');
  });
  return [style.bold('What costs most, and what would lower it'), ...blocks].join('\n');
}

function leverText({ title, saving, breakEven, cautions }: Lever, { style, width }: View): string {
  const head = wrapIndented(`${style.green(`−${formatMoney(saving)}`)} a month: ${title}`, width, '   ');
  const rest = [...(breakEven === undefined ? [] : [breakEven]), ...cautions].join('; ');
  return rest === '' ? head : `${head}\n${wrapIndented(style.dim(rest), width, '     ')}`;
}
