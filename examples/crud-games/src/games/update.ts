import dynamoose from 'dynamoose';
import { type RouteHandler, readBody } from '../generated/apigen.ts';
import { answering, json, orNotFound } from '../http.ts';
import { Game } from '../models/game.ts';

/** PATCH /games/{id}: changes the attributes that are sent; 404 when there is no such game. */
export const handler: RouteHandler<'PATCH /games/{id}'> = answering(async (request) => {
  const key = { id: request.pathParameters.id };
  const body = readBody('PATCH /games/{id}', request);
  const condition = new dynamoose.Condition().attribute('id').exists();
  const update = Game.update(key, { $SET: body }, { condition });
  return json(200, await orNotFound(update, 'There is no such game'));
});
