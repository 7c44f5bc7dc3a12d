import dynamoose from 'dynamoose';
import { answering, json, orNotFound, pathParameter } from '../http.ts';
import { Game } from '../models/game.ts';

/** DELETE /games/{id}: removes a game; 404 when there is none. */
export const handler = answering(async (request) => {
  const key = { id: pathParameter(request, 'id') };
  const condition = new dynamoose.Condition().attribute('id').exists();
  await orNotFound(Game.delete(key, { condition }), 'There is no such game');
  return json(204);
});
