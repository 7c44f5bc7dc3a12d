import { type RouteHandler, readBody } from './generated/apigen.ts';

/** The body is what src/schemas/report.json says: wrong ones never come here. */
export const handler: RouteHandler<'POST /reports'> = async (event) => {
  const { month, currency = 'EUR' } = readBody('POST /reports', event);
  return { statusCode: 202, body: JSON.stringify({ month, currency, state: 'accepted' }) };
};
