// Ledger rows to DynamoDB items and back. Values are JSON in one attribute, so that a layout change is a migration of
// text, not of attributes (large ones compressed); what conditions need (the lock's token) stands in attributes of its own.

import { gunzipSync, gzipSync } from 'node:zlib';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Journal, LedgerRow, Release } from '../engine/ledger.ts';
import { ApigenError } from '../errors.ts';
import { ledgerSchema, unprefixedVersion } from './ledger-table.ts';

export type Item = Record<string, AttributeValue>;

/** The sort key of the lock that all API versions of a stage share. */
export const lockSortKey = 'lock';

/** What one API version keeps in its stage's partition, by sort key. */
export function sortKeysOf(version: string = unprefixedVersion) {
  const own = version === unprefixedVersion ? '' : `${version}/`;
  return {
    meta: `${own}meta`,
    journal: `${own}journal`,
    node: (id: string): string => `${own}node#${id}`,
    release: (number: number): string => `${own}release#${String(number).padStart(9, '0')}`,
  } as const;
}

export interface Meta {
  readonly schema: number;
  readonly serial: number;
  readonly cleanupPending: boolean;
}

/** A row, and the API version that it belongs to. */
export type Stored = { readonly version: string } & (
  | { readonly type: 'node'; readonly row: LedgerRow }
  | { readonly type: 'release'; readonly release: Release }
  | { readonly type: 'journal'; readonly journal: Journal }
  | { readonly type: 'meta'; readonly meta: Meta }
);

/** DynamoDB takes items of 400 KB; the release of a project of some hundred functions is larger as plain text. */
const largestPlainBytes = 100_000;

export function encode(pk: string, sk: string, value: unknown): Item {
  const text = JSON.stringify(value);
  const small = Buffer.byteLength(text) <= largestPlainBytes;
  return { pk: { S: pk }, sk: { S: sk }, value: small ? { S: text } : { B: gzipSync(text) } };
}

function textOf(value: AttributeValue | undefined): string {
  return value?.B === undefined ? (value?.S ?? 'null') : gunzipSync(value.B).toString('utf8');
}

/** Undefined for the lock and for rows of kinds that a newer minor version may add. */
export function decode(item: Item): Stored | undefined {
  const [, version = unprefixedVersion, sk = ''] = /^(?:(v\d+)\/)?(.*)$/s.exec(item['sk']?.S ?? '') ?? [];
  const value: unknown = JSON.parse(textOf(item['value']));
  if (sk.startsWith('node#')) return { version, type: 'node', row: value as LedgerRow };
  if (sk.startsWith('release#')) return { version, type: 'release', release: value as Release };
  if (sk === 'journal') return { version, type: 'journal', journal: value as Journal };
  if (sk === 'meta') return { version, type: 'meta', meta: checkedSchema(value as Meta) };
  return undefined;
}

function checkedSchema(meta: Meta): Meta {
  if (meta.schema <= ledgerSchema) return meta;
  throw new ApigenError({
    code: 'LEDGER_NEWER',
    summary: 'The ledger was written by a newer version of apigen',
    detail: `Its layout is ${meta.schema}; this version knows ${ledgerSchema}. Nothing was changed.`,
    hint: 'npm install --save-dev @apigen/cli@latest',
  });
}
