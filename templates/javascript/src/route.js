import { answering, json } from './http.js';

/** GET /route */
export const handler = answering(async (request) => {
  return json(200, { message: 'GET /route works', parameters: request.pathParameters ?? {} });
});
