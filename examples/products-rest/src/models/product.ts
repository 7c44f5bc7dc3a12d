import dynamoose from 'dynamoose';

export const Product = dynamoose.model(
  'Product',
  new dynamoose.Schema(
    {
      id: { type: String, hashKey: true, default: () => crypto.randomUUID() },
      name: { type: String, required: true },
      price: { type: Number, required: true },
    },
    { timestamps: true },
  ),
);
