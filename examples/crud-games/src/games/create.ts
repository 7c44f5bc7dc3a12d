import { randomUUID } from 'node:crypto';
import { type RouteHandler, readBody } from '../generated/apigen.ts';
import { answering, asRead, created } from '../http.ts';
import { Game } from '../models/game.ts';

/** POST /games: stores a game; 400 when it is not one, 409 when its key is taken. */
export const handler: RouteHandler<'POST /games'> = answering(async (request) => {
  const body = readBody('POST /games', request);
  const game = await asRead(await Game.create({ id: randomUUID(), ...body }));
  return created(`./games/${encodeURIComponent(game.id)}`, game);
});
