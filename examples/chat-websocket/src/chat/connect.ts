import { Connection } from '../models/connection.ts';

export const handler = async (event: { requestContext: { connectionId: string } }) => {
  await Connection.create({ id: event.requestContext.connectionId });
  return { statusCode: 200 };
};
