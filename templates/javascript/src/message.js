/** The messages of the route ROUTE. What it returns is sent back where the route says `respond: true`. */
export const handler = async (event) => {
  const { connectionId, routeKey } = event.requestContext;
  console.log(`${routeKey} from ${connectionId}`, event.body ?? '');
  return { statusCode: 200, body: JSON.stringify({ message: `${routeKey} works` }) };
};
