import { answering, json, nextKey, pageLimit, startKey } from '../http.ts';
import { Game } from '../models/game.ts';

/** GET /games: a page of games, at most `?limit=`; `?next=` gives the page after. */
export const handler = answering(async (request) => {
  const scan = Game.scan().limit(pageLimit(request));
  const start = startKey(request, ['id']);
  const page = await (start === undefined ? scan : scan.startAt(start)).exec();
  return json(200, { games: page, next: nextKey(page.lastKey) });
});
