import { Connection } from '../models/connection.js';

/** $disconnect: forgets who has gone. API Gateway does its best to call it, and may not. */
export const handler = async (event) => {
  await Connection.delete({ id: event.requestContext.connectionId });
  return { statusCode: 200 };
};
