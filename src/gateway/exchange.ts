// One request and its answer as the local gateway handles them, whatever the API type; and the port through which
// it reaches functions. Header names keep the case and the order they came in.

export type HeaderList = readonly (readonly [name: string, value: string])[];

export interface GatewayRequest {
  readonly method: string;
  /** As on the request line, percent-encoding kept, without the query: `/dev/products/a%20b`. */
  readonly rawPath: string;
  /** After `?`, undecoded; empty when absent. */
  readonly rawQuery: string;
  readonly headers: HeaderList;
  readonly body: Uint8Array;
  readonly sourceIp: string;
  readonly protocol: string;
  /** `127.0.0.1:3000`: the Host header, or where the socket is bound. */
  readonly host: string;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
  /** The client went away: stop waiting. */
  readonly signal: AbortSignal;
}

export interface GatewayAnswer {
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: Uint8Array;
}

/** A function's end, as Lambda reports it to an integration. */
export type InvocationResult =
  | { readonly type: 'success'; readonly payload: string }
  /** Lambda's `FunctionError`: payload holds errorMessage, errorType and trace. */
  | { readonly type: 'error'; readonly payload: string }
  | { readonly type: 'timeout'; readonly afterMs: number }
  | { readonly type: 'throttled' };

export interface InvocationOptions {
  /** For the log line: `GET /products`. */
  readonly route: string;
  readonly requestId: string;
  /** The integration's own limit; the function's may be shorter. */
  readonly timeoutMs: number;
  /** Whom it is run for; absent for what a WebSocket connection brings about. */
  readonly request?: GatewayRequest | undefined;
  /** How many functions in a row brought it about, this one included; absent: a request did. */
  readonly depth?: number;
}

/** Runs functions by logical name: workers under `apigen dev`, plain modules in the gateway's own tests. */
export interface FunctionInvoker {
  /** `event` is JSON text, exactly what the handler parses. */
  invoke(functionName: string, event: string, options: InvocationOptions): Promise<InvocationResult>;
}
