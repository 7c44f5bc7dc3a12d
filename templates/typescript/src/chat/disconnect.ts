import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';
import { Connection } from '../models/connection.ts';

/** $disconnect: forgets who has gone. API Gateway does its best to call it, and may not. */
export const handler = async (event: APIGatewayProxyWebsocketEventV2) => {
  await Connection.delete({ id: event.requestContext.connectionId });
  return { statusCode: 200 };
};
