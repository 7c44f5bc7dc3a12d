import dynamoose from 'dynamoose';

export const Order = dynamoose.model(
  'Order',
  new dynamoose.Schema({
    id: { type: String, hashKey: true, default: () => crypto.randomUUID() },
    total: { type: Number, required: true },
  }),
);
