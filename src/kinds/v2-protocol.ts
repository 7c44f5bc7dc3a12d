// The two protocols of API Gateway's second API. HTTP and WebSocket APIs have the same parts; where AWS treats them
// differently, the difference stands here or is asked of here.

export type V2Protocol = 'HTTP' | 'WEBSOCKET';

/**
 * AWS's default, which is also the largest, in ms.
 * https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html
 */
export const defaultTimeoutMs: Readonly<Record<V2Protocol, number>> = { HTTP: 30_000, WEBSOCKET: 29_000 };

/** Marks what apigen makes inside an API: in a description, after which its key follows. */
export const keyPrefix = 'apigen:';

/** The one key that selects a response, a model or a template whatever the message is. */
export const whateverKey = '$default';
