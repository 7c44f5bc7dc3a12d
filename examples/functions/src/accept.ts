export const handler = async () => ({ statusCode: 202, body: JSON.stringify({ colour: process.env['STAGE_COLOUR'] }) });
