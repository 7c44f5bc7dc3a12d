import dynamoose from 'dynamoose';

export const Note = dynamoose.model(
  'Note',
  new dynamoose.Schema({
    id: { type: String, hashKey: true },
    text: { type: String, required: true },
  }),
);
