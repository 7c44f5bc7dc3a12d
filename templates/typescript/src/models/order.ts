import dynamoose from 'dynamoose';
import type { Item } from 'dynamoose/dist/Item.js';

/** One Order, as it is stored. */
export interface OrderItem extends Item {
  customerId: string;
  placedAt: Date;
  status: 'open' | 'paid';
  total: number;
  version: number;
  createdAt: Date;
  updatedAt: Date;
}

const schema = new dynamoose.Schema(
  {
    customerId: { type: String, hashKey: true },
    placedAt: { type: Date, rangeKey: true },
    status: { type: String, enum: ['open', 'paid'], required: true, index: { name: 'byStatus', rangeKey: 'total' } },
    total: { type: Number, required: true },
    version: { type: Number, default: 1 },
  },
  { timestamps: true },
);

export const Order = dynamoose.model<OrderItem>('Order', schema);
