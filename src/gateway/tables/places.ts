// Where things lie in the one LevelDB. Tables, items, indexes and tags lie where dynalite puts them; what it lacks lies
// beside, under `apigen-`, a prefix no part of its own begins with.

import type { ValueRange } from './dynalite.ts';

export type IndexType = 'global' | 'local';

export const tablePlace = (table: string): string => `table~${table}`;
export const itemsPlace = (table: string): string => `item-${table}~`;
export const indexPlace = (type: string, table: string, index: string): string =>
  `index-${type.toLowerCase()}~${table}~${index}~`;
export const ttlPlace = (table: string): string => `apigen-ttl~${table}`;
export const tokenPlace = (token: string): string => `apigen-token~${token}`;
/** Which way of placing index entries the database follows. */
export const entryFormatPlace = 'apigen-entry-format';

/** Every key below a place; keys themselves are ASCII. */
export const below = (place: string): ValueRange => ({ gte: place, lt: `${place}\u{ff}` });
