/** What no other route knows is answered with what they do. */
export const handler = async () => ({
  statusCode: 200,
  body: JSON.stringify({ help: 'Send {"action":"send","text":"hello"}' }),
});
