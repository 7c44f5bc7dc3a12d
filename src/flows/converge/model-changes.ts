// What a change of a model means for the items that are stored: the model of the last release beside that of the source.

import type { Aws } from '../../aws/aws.ts';
import type { LedgerState } from '../../engine/ledger.ts';
import { compareShapes, type ModelChange, type ModelShapes, shapesOf } from '../../models/model-shape.ts';
import type { ModelSpec } from '../../models/model-spec.ts';
import { countMissing } from '../../operate/tables/count-missing.ts';
import { describeLiveTable } from '../../operate/tables/live-table.ts';
import { priceOf } from '../../pricing/price-list.ts';
import type { ModelRemark } from '../../ui/plan-text.ts';
import type { Prepared } from './prepare.ts';

/**
 * @param sample items to look at for a new required attribute; undefined: none are read
 * @returns nothing before the first release, or after a lost ledger
 */
export async function modelRemarks(
  { aws, models }: Prepared,
  ledger: LedgerState,
  sample: number | undefined,
): Promise<readonly ModelRemark[]> {
  const attachment = ledger.releases[0]?.attachment as { readonly models?: ModelShapes } | undefined;
  const changes = compareShapes(attachment?.models ?? {}, shapesOf(models));
  return Promise.all(changes.map((change) => remarkOf(aws, change, models[change.model], sample)));
}

async function remarkOf(
  aws: Aws,
  change: ModelChange,
  spec: ModelSpec | undefined,
  sample: number | undefined,
): Promise<ModelRemark> {
  const { model, kind, subject, from, to } = change;
  const tableName = spec?.table.tableName ?? '';
  const say = (text: string, needsCare: boolean): ModelRemark => ({
    model,
    subject,
    kind,
    needsCare,
    text: `${model}${subject === '' ? '' : `.${subject}`}: ${text}`,
  });
  switch (kind) {
    case 'new-optional':
      return say('new; items without it stay as they are', false);
    case 'new-required':
      return say(`is required now; ${await missingText(aws, tableName, subject, sample)}`, true);
    case 'retyped':
      return say(
        `${from} → ${to}; items stored before keep the old type, and reading them fails: convert them first`,
        true,
      );
    case 'removed':
      return say('is no longer in the model; stored values stay and are not returned any more', false);
    case 'new-index':
      return say(await backfillText(aws, tableName), false);
    case 'removed-index':
      return say('the index goes; queries by it fail from then on', true);
    case 'rekeyed':
      return say(
        `the key ${from} → ${to} makes another table and loses the items of this one; instead add a model with the new ` +
          `key, copy (apigen tables scan ${model} --limit all --json, then seed), and drop this one later`,
        true,
      );
  }
}

async function missingText(aws: Aws, tableName: string, path: string, sample: number | undefined): Promise<string> {
  const rule = 'items stored before may lack it, and saving one without it fails';
  if (sample === undefined) return `${rule} (count them: apigen plan --count-items)`;
  if (path.split('.').includes('0')) return `${rule} (inside lists it cannot be counted)`;
  const live = await describeLiveTable(aws, tableName);
  if (live === undefined) return 'the table is new';
  const { missing, looked } = await countMissing(aws, tableName, path, sample);
  const total = live.ItemCount ?? 0;
  const of = total > looked ? ` (of about ${total.toLocaleString('en-US')})` : '';
  return `${missing.toLocaleString('en-US')} of ${looked.toLocaleString('en-US')} items looked at${of} lack it, and saving one without it fails`;
}

/**
 * The writes of a backfill are paid like others: a write unit for each KB of each item.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html#GSI.OnlineOps
 */
async function backfillText(aws: Aws, tableName: string): Promise<string> {
  const live = await describeLiveTable(aws, tableName);
  const items = live?.ItemCount ?? 0;
  const waits = 'the deploy waits until DynamoDB has filled it, minutes for small tables and hours for large ones';
  if (items === 0) return 'a new index of an empty or small table stands within minutes';
  const units = items * Math.max(1, Math.ceil((live?.TableSizeBytes ?? 0) / items / 1024));
  const onDemand = live?.BillingModeSummary?.BillingMode === 'PAY_PER_REQUEST';
  const price = onDemand ? priceOf('dynamodb-writes', aws.region) : undefined;
  const [tier] = price?.tiers ?? [];
  const cost = price && tier ? ` at most $${tier.price.div(price.per).times(units).toFixed(2)},` : '';
  return `a new index of about ${items.toLocaleString('en-US')} items: at most ${units.toLocaleString('en-US')} write units,${cost} and ${waits}`;
}
