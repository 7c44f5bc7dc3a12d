import {
  ApiGatewayManagementApiClient,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';

const client = new ApiGatewayManagementApiClient({ endpoint: process.env['CHAT_ENDPOINT'] ?? '' });

/** Sends a message to a connection. @returns whether it is still there */
export async function sendTo(connectionId, message) {
  const data = Buffer.from(JSON.stringify(message));
  try {
    await client.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: data }));
    return true;
  } catch (error) {
    if (error instanceof GoneException) return false;
    throw error;
  }
}
