import { Connection } from '../models/connection.ts';
import { sendTo } from './connections.ts';

export const handler = async (event: { body: string; requestContext: { connectionId: string } }) => {
  const { text } = JSON.parse(event.body);
  const message = { from: event.requestContext.connectionId, text };
  for (const { id } of await Connection.scan().exec()) {
    if (!(await sendTo(id, message))) await Connection.delete({ id });
  }
  return { statusCode: 200 };
};
