import dynamoose from 'dynamoose';

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

export const Product = dynamoose.model('Product', schema);
