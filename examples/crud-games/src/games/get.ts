import { answering, json, pathParameter } from '../http.ts';
import { Game } from '../models/game.ts';

/** GET /games/{id}: one game; 404 when there is none. */
export const handler = answering(async (request) => {
  const game = await Game.get({ id: pathParameter(request, 'id') });
  return game === undefined ? json(404, { message: 'There is no such game' }) : json(200, game);
});
