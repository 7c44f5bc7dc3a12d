// The bill itself: services, their lines with quantities, units and tiers, and what it all comes to.

import type { ChalkInstance } from 'chalk';
import type { Estimate, EstimateLine, UnknownPrice } from '../../pricing/estimate.ts';
import { formatMoney, formatPrice, formatQuantity, formatShort } from '../../pricing/format.ts';
import { SERVICES } from '../../pricing/meters.ts';
import type { TierCost } from '../../pricing/tiers.ts';
import { table } from '../../ui/table.ts';
import { wrapIndented } from '../../ui/wrap-text.ts';
import { perMillion, servicesOf } from './estimate-document.ts';

export interface View {
  readonly style: ChalkInstance;
  /** Columns. */
  readonly width: number;
}

/** How much of the width the names of lines may take. */
const NAME_SHARE = 1 / 3;

/** Marks a price that is not verified. */
const DOUBT = '~';

export function renderLines(estimate: Estimate, view: View): string {
  const { style } = view;
  const rows = servicesOf(estimate).flatMap(({ service, cost, known, lines }) => [
    [style.bold(SERVICES[service]), '', style.bold(cost === null ? `${formatMoney(known)} + ?` : formatMoney(cost))],
    ...lines.flatMap((line) => lineRows(line, estimate.region, view)),
  ]);
  if (rows.length === 0) return 'Nothing that is billed by use: no requests, no storage, no capacity.';
  const all = [...rows, ['', '', ''], ...totalRows(estimate, style)];
  return table(all, { width: view.width, align: ['left', 'left', 'right'] });
}

function lineRows(line: EstimateLine, region: string, { style, width }: View): string[][] {
  const name = line.region === region ? line.item : `${line.item}, ${line.region}`;
  // Wrapped here rather than by the table, so that every line of a name is indented.
  const wrapped = wrapIndented(name, Math.max(20, Math.floor(width * NAME_SHARE)), '  ');
  return line.tiers.map((tier, index) => [
    index === 0 ? wrapped : '',
    style.dim(`${amountOf(line, tier)}${priceOfTier(tier)}`),
    tier.cost === null
      ? style.yellow('unknown')
      : `${tier.confidence === 'verified' ? '' : DOUBT}${formatMoney(tier.cost)}`,
  ]);
}

// "10,000,000 REST requests" says the unit twice.
function amountOf(line: EstimateLine, tier: TierCost): string {
  const [word = ''] = line.unit.split(' ');
  const named = line.item.toLowerCase().includes(word.toLowerCase());
  return named ? formatQuantity(tier.quantity) : `${formatQuantity(tier.quantity)} ${line.unit}`;
}

function priceOfTier(tier: TierCost): string {
  if (tier.free) return ' free';
  if (tier.price === null) return ', price unknown';
  const per = tier.per.eq(1) ? '' : ` per ${formatShort(tier.per)}`;
  return ` × ${formatPrice(tier.price)}${per}`;
}

function totalRows(estimate: Estimate, style: ChalkInstance): string[][] {
  const { total, known, requests } = estimate;
  const label = total === null ? 'Known a month' : 'Total a month';
  const rows = [[style.bold(label), '', style.bold(total === null ? `${formatMoney(known)} + ?` : formatMoney(total))]];
  if (requests.gt(0)) {
    const each = formatMoney(perMillion(known, requests));
    rows.push(['Per million requests', '', total === null ? `${each} + ?` : each]);
  }
  return rows;
}

/** What has no price, each with its reason; empty where all is known. */
export function renderUnknown(unknown: readonly UnknownPrice[], { style, width }: View): string {
  const lines = unknown.map(({ service, item, quantity, unit, reason }) =>
    wrapIndented(`${SERVICES[service]}, ${item}: ${formatQuantity(quantity)} ${unit}: ${reason}.`, width, '  '),
  );
  return lines.length === 0 ? '' : [style.yellow('Price unknown: not in the figures above'), ...lines].join('\n');
}

/** Prices that are not verified, each with how far they can be trusted. */
export function renderDoubts(estimate: Estimate, { width }: View): string {
  const doubts = estimate.lines.flatMap((line) => {
    const used = line.tiers.filter(
      ({ price, free, confidence }) => price !== null && !free && confidence !== 'verified',
    );
    return [...new Set(used.map(({ confidence }) => `${DOUBT} ${line.item}: price ${confidence}`))];
  });
  return doubts.map((doubt) => wrapIndented(doubt, width, '')).join('\n');
}
