/** An answer as API Gateway wants it, for pages of the origin that may call. */
export const answer = (statusCode: number, body: unknown) => ({
  statusCode,
  headers: { 'content-type': 'application/json', 'access-control-allow-origin': 'https://shop.example.com' },
  body: JSON.stringify(body),
});
