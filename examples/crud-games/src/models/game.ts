import dynamoose from 'dynamoose';
import type { Item } from 'dynamoose/dist/Item.js';

/** A game, as it is stored. */
export interface GameItem extends Item {
  id: string;
  title: string;
  category: 'board' | 'card' | 'video';
  released?: Date;
  price: number;
  tags?: Set<string>;
  createdAt: Date;
  updatedAt: Date;
}

const schema = new dynamoose.Schema(
  {
    id: { type: String, hashKey: true },
    title: { type: String, required: true },
    category: { type: String, enum: ['board', 'card', 'video'], required: true },
    released: { type: Date },
    price: { type: Number, required: true },
    tags: { type: Set, schema: [String] },
  },
  { timestamps: true },
);

export const Game = dynamoose.model<GameItem>('Game', schema);
