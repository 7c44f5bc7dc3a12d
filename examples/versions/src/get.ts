import { Note } from './models/note.ts';

export const handler = async (event: { pathParameters: { id: string } }) => {
  const note = await Note.get(event.pathParameters.id);
  return note ? { statusCode: 200, body: JSON.stringify(note) } : { statusCode: 404, body: '{"message":"Not Found"}' };
};
