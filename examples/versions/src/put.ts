import { Note } from './models/note.ts';

export const handler = async (event: { pathParameters: { id: string }; body: string }) => {
  const note = await Note.create({ ...JSON.parse(event.body), id: event.pathParameters.id }, { overwrite: true });
  return { statusCode: 200, body: JSON.stringify(note) };
};
