import dynamoose from 'dynamoose';

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

export const Order = dynamoose.model('Order', schema);
