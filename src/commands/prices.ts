// `apigen prices`: the price list that estimates use, with dates, sources and confidence.

import type { Command } from '../cli/command.ts';
import { wrong } from '../flows/estimate/flags.ts';
import { listPrices, pricesDocument, pricesText } from '../flows/estimate/price-table.ts';
import { SERVICES, type ServiceId } from '../pricing/meters.ts';
import { pricedRegions } from '../pricing/price-list.ts';
import { PRICES_AS_OF } from '../pricing/price-rows.ts';
import { nearestName } from '../project/nearest-name.ts';
import { REGIONS } from '../project/regions.ts';

const SERVICE_IDS = Object.keys(SERVICES) as ServiceId[];

export const prices: Command = {
  name: 'prices',
  summary: 'list the prices that estimates use',
  description: `Every price by service, with its tiers and how far it is to be trusted. The list is of ${PRICES_AS_OF}.`,
  arguments: [
    { name: 'services', summary: `of these services: ${SERVICE_IDS.join(', ')}`, required: false, variadic: true },
  ],
  options: [
    { flags: '--region <region>', summary: 'whose prices; default us-east-1' },
    { flags: '--regions', summary: 'list the regions that have prices' },
  ],
  examples: ['apigen prices', 'apigen prices api-gateway lambda --region eu-west-1', 'apigen prices --regions --json'],
  async run(input, { ui }) {
    if (input.options['regions'] === true) {
      const regions = pricedRegions();
      ui.result({ priceDate: PRICES_AS_OF, regions }, () => regions.join('\n'));
      return 0;
    }
    const region = readRegion(input.options['region']);
    const listed = listPrices(region, readServices(input.arguments['services']));
    ui.result(pricesDocument(region, listed), () => pricesText(region, listed, { style: ui.style, width: ui.width }));
    return 0;
  },
};

function readRegion(value: unknown): string {
  if (typeof value !== 'string') return 'us-east-1';
  if (REGIONS.includes(value)) return value;
  const near = nearestName(value, REGIONS);
  throw wrong(
    '--region',
    `"${value}" is no AWS region`,
    near === undefined ? 'apigen prices --regions' : `Did you mean ${near}?`,
  );
}

function readServices(value: unknown): readonly ServiceId[] {
  const names: readonly unknown[] = Array.isArray(value) ? value : typeof value === 'string' ? [value] : [];
  if (names.length === 0) return SERVICE_IDS;
  return names.map((name) => {
    const found = SERVICE_IDS.find((id) => id === name);
    if (found !== undefined) return found;
    const near = nearestName(String(name), SERVICE_IDS);
    const hint = near === undefined ? `Known: ${SERVICE_IDS.join(', ')}.` : `Did you mean ${near}?`;
    throw wrong('services', `there is no service "${String(name)}"`, hint);
  });
}
