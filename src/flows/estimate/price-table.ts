// The price list as `apigen prices` shows it: every meter of a region with its tiers, how far each is to be trusted,
// and where it comes from.

import { formatMoney, formatPrice, formatShort } from '../../pricing/format.ts';
import { FREE_ALLOWANCES } from '../../pricing/free-allowances.ts';
import { METER_IDS, METERS, type MeterId, SERVICES, type ServiceId } from '../../pricing/meters.ts';
import { type Price, priceOf, type ReservedPrice, reservedPriceOf } from '../../pricing/price-list.ts';
import { PRICE_CURRENCY, PRICE_SOURCES, PRICES_AS_OF } from '../../pricing/price-rows.ts';
import { table } from '../../ui/table.ts';
import { wrapIndented } from '../../ui/wrap-text.ts';
import type { View } from './render-lines.ts';

export interface ListedPrice {
  readonly meter: MeterId;
  readonly price: Price | undefined;
  readonly reserved: ReservedPrice | undefined;
}

/** How much of the width the names may take. */
const NAME_SHARE = 1 / 3;

/** Every meter of the services in a region, priced or not. */
export function listPrices(region: string, services: readonly ServiceId[]): ListedPrice[] {
  return METER_IDS.filter((meter) => services.includes(METERS[meter].service)).map((meter) => ({
    meter,
    price: priceOf(meter, region),
    reserved: reservedPriceOf(meter, region),
  }));
}

export function pricesDocument(region: string, prices: readonly ListedPrice[]): Record<string, unknown> {
  return {
    currency: PRICE_CURRENCY,
    region,
    priceDate: PRICES_AS_OF,
    sources: PRICE_SOURCES,
    prices: prices.map(({ meter, price, reserved }) => ({
      service: METERS[meter].service,
      meter,
      item: METERS[meter].item,
      unit: METERS[meter].unit,
      known: (price ?? reserved) !== undefined,
      everywhere: price?.region === '*',
      tiers: price?.tiers.map((tier) => ({
        from: tier.from.toFixed(),
        to: tier.to?.toFixed() ?? null,
        price: tier.price.toFixed(),
        per: price.per.toFixed(),
        confidence: tier.confidence,
        source: tier.source,
        note: tier.note ?? null,
      })),
      ...(reserved === undefined
        ? {}
        : {
            reserved: {
              upfront: reserved.upfront.toFixed(),
              hourly: reserved.hourly.toFixed(),
              confidence: reserved.confidence,
              source: reserved.source,
            },
          }),
      free: freeOf(meter, price),
    })),
  };
}

export function pricesText(region: string, prices: readonly ListedPrice[], view: View): string {
  const { style, width } = view;
  const services = [...new Set(prices.map(({ meter }) => METERS[meter].service))];
  const rows = services.flatMap((service) => [
    [style.bold(SERVICES[service]), '', ''],
    ...prices.filter(({ meter }) => METERS[meter].service === service).flatMap((listed) => rowsOf(listed, view)),
  ]);
  const head = `Prices in ${region} of ${PRICES_AS_OF}, ${PRICE_CURRENCY} without tax`;
  const foot =
    'Sources and free allowances of each: --json. A price that is unknown is never taken from another region.';
  return [style.bold(head), table(rows, { width }), wrapIndented(style.dim(foot), width, '')].join('\n\n');
}

function rowsOf({ meter, price, reserved }: ListedPrice, { style, width }: View): string[][] {
  const name = wrapIndented(METERS[meter].item, Math.max(20, Math.floor(width * NAME_SHARE)), '  ');
  if (reserved !== undefined) {
    const text = `${formatMoney(reserved.upfront)} + ${formatPrice(reserved.hourly)} an hour`;
    return [[name, `${text} per ${METERS[meter].unit}`, grade(reserved.confidence)]];
  }
  if (price === undefined) return [[name, style.yellow('unknown'), '']];
  const rows = price.tiers.map((tier, index) => {
    const { unit } = METERS[meter];
    const per = price.per.eq(1) ? unit.replace(/s$/, '') : `${formatShort(price.per)} ${unit}`;
    const from = tier.from.isZero() ? '' : ` from ${formatShort(tier.from)}`;
    return [index === 0 ? name : '', `${formatPrice(tier.price)} per ${per}${from}`, grade(tier.confidence)];
  });
  const end = price.tiers.at(-1)?.to;
  return end == null ? rows : [...rows, ['', style.yellow(`unknown from ${formatShort(end)}`), '']];
}

function grade(confidence: string): string {
  return confidence === 'verified' ? '' : confidence;
}

function freeOf(meter: MeterId, price: Price | undefined): Record<string, string>[] {
  const rows = price === undefined || price.free.isZero() ? [] : [{ tier: 'always', quantity: price.free.toFixed() }];
  const shared = FREE_ALLOWANCES.filter(({ meters }) => meters.includes(meter));
  return [...rows, ...shared.map(({ tier, quantity, source }) => ({ tier, quantity, source }))];
}
