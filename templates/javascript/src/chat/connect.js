import { Connection } from '../models/connection.js';

/** $connect: remembers who is there. Any status but 2xx refuses the connection. */
export const handler = async (event) => {
  await Connection.create({ id: event.requestContext.connectionId });
  return { statusCode: 200 };
};
