import { Connection } from '../models/connection.js';
import { sendTo } from './connections.js';

/** {"action":"send","text":"hello"}: sends the text to all who are there, and to the sender. */
export const handler = async (event) => {
  const from = event.requestContext.connectionId;
  // API Gateway read the message to find its route, so it is a JSON object.
  const { text } = JSON.parse(event.body ?? '{}');
  if (typeof text !== 'string' || text === '') {
    await sendTo(from, { error: 'text is missing' });
    return { statusCode: 400 };
  }
  const all = await Connection.scan().all().exec();
  await Promise.all(
    all.map(async ({ id }) => {
      if (!(await sendTo(id, { from, text }))) await Connection.delete({ id });
    }),
  );
  return { statusCode: 200 };
};
