import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';
import { Connection } from '../models/connection.ts';

/** $connect: remembers who is there. Any status but 2xx refuses the connection. */
export const handler = async (event: APIGatewayProxyWebsocketEventV2) => {
  await Connection.create({ id: event.requestContext.connectionId });
  return { statusCode: 200 };
};
