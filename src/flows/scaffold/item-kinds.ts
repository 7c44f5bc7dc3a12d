// Relations in a single table: items of several kinds share a hash key, and their sort keys begin with their kind, as
// `line#0001`. One query reads an order with its lines. It stays one model: rights, plans and commands are per table.

import { UsageError } from '../../errors.ts';
import type { AttributeFlags } from './model-attributes.ts';

/**
 * The flags of a model whose items are of these kinds: a text as its sort key, and a required attribute `kind`.
 *
 * @param kinds `--kinds`, separated by commas
 * @throws UsageError `INVALID_KINDS`
 */
export function withKinds<Flags extends AttributeFlags>(flags: Flags, kinds: string): Flags {
  const names = kinds
    .split(',')
    .map((kind) => kind.trim())
    .filter((kind) => kind !== '');
  const wrong = names.find((kind) => !/^[A-Za-z][\w-]*$/.test(kind));
  if (wrong !== undefined) throw invalid(`${wrong} is no name of a kind`, kinds);
  if (new Set(names).size !== names.length) throw invalid('each kind is named once', kinds);
  if (names.length < 2) throw invalid('a model with items of one kind needs no kinds', kinds);
  const [, type = 'string'] = flags.sort?.split(':') ?? [];
  if (type !== 'string') throw invalid(`the sort key begins with the kind, so it is a string and no ${type}`, kinds);
  const fields = [`kind:enum(${names.join('|')})!`, ...(flags.fields === undefined ? [] : [flags.fields])].join(' ');
  return { ...flags, sort: flags.sort ?? 'item', fields };
}

const invalid = (detail: string, kinds: string): UsageError =>
  new UsageError({
    code: 'INVALID_KINDS',
    summary: `--kinds ${kinds}: ${detail}`,
    hint: 'apigen add-model Order --key orderId --kinds order,line --repository',
  });
