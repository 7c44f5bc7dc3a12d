import { answering, json } from './http.ts';

/** GET /health: says that the API is there. */
export const handler = answering(async () => json(200, { ok: true }));
