import dynamoose from 'dynamoose';
import type { Item } from 'dynamoose/dist/Item.js';

/** A product, as it is stored. */
export interface ProductItem extends Item {
  // <attributes>
  id: string;
  name: string;
  price: number;
  description?: string;
  // </attributes>
  createdAt: Date;
  updatedAt: Date;
}

const schema = new dynamoose.Schema(
  {
    // <schema>
    id: { type: String, hashKey: true },
    name: { type: String, required: true },
    price: { type: Number, required: true },
    description: { type: String },
    // </schema>
  },
  { timestamps: true },
);

export const Product = dynamoose.model<ProductItem>('Product', schema);
