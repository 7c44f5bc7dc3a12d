import dynamoose from 'dynamoose';

/** A client that is connected. A connection lasts two hours at most; what $disconnect missed goes by itself. */
export const Connection = dynamoose.model('Connection', new dynamoose.Schema({ id: { type: String, hashKey: true } }), {
  expires: { ttl: 2 * 60 * 60 * 1000, attribute: 'expiresAt' },
});
