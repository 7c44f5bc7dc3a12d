import dynamoose from 'dynamoose';
import type { Item } from 'dynamoose/dist/Item.js';

/** A client that is connected. */
export interface ConnectionItem extends Item {
  id: string;
}

/** A connection lasts two hours at most; what $disconnect missed goes by itself. */
export const Connection = dynamoose.model<ConnectionItem>(
  'Connection',
  new dynamoose.Schema({ id: { type: String, hashKey: true } }),
  { expires: { ttl: 2 * 60 * 60 * 1000, attribute: 'expiresAt' } },
);
