// The limits of WebSocket APIs ("API Gateway quotas for configuring and running a WebSocket API", developer guide),
// and this machine's own bounds on what one connection may make it hold.

export interface WebSocketLimits {
  /** A larger frame closes the connection with 1009. */
  readonly frameBytes: number;
  /** A larger message closes the connection with 1009; a larger @connections payload is a 413. */
  readonly messageBytes: number;
  /** Without traffic in either direction. */
  readonly idleMs: number;
  readonly lifeMs: number;
  /** Default and maximum of an integration. */
  readonly integrationMs: number;
  /** How long a client may take to answer a close before its socket is cut. Ours alone. */
  readonly closingMs: number;
  /** Messages of one connection in hand at a time; more wait in the socket. Ours alone. */
  readonly messagesInHand: number;
  /** Bytes of messages of all connections in hand at a time. Ours alone. */
  readonly allBytesInHand: number;
  /** Bytes a client may leave unread before it is not read from either. Ours alone. */
  readonly congestedBytes: number;
  /** Bytes a client may leave unread before more is refused. Ours alone. */
  readonly unsentBytes: number;
  /** Bytes all clients together may leave unread. Ours alone. */
  readonly allUnsentBytes: number;
}

export const WEBSOCKET_LIMITS: WebSocketLimits = {
  frameBytes: 32 * 1024,
  messageBytes: 128 * 1024,
  idleMs: 10 * 60 * 1000,
  lifeMs: 2 * 60 * 60 * 1000,
  integrationMs: 29_000,
  closingMs: 2_000,
  messagesInHand: 16,
  allBytesInHand: 16 * 1024 * 1024,
  congestedBytes: 256 * 1024,
  unsentBytes: 2 * 1024 * 1024,
  allUnsentBytes: 64 * 1024 * 1024,
};
