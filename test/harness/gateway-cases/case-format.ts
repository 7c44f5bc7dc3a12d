// The format of a conformance case: one API, one request or several steps, and what must come of it.
// The format is shared with other gateways, so unknown keys are errors of the file, never silently ignored.

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

export interface GatewayCase {
  readonly id: string;
  readonly area: string;
  readonly gateway: 'rest' | 'http' | 'websocket';
  readonly api: JsonObject;
  readonly tokens?: Readonly<Record<string, TokenSpec>>;
  readonly request?: CaseRequest;
  readonly steps?: readonly CaseStep[];
  readonly expect?: JsonObject;
}

export interface TokenSpec {
  /** `exp`, `iat`, `nbf` may be offsets in seconds from now: `+3600`. */
  readonly claims: JsonObject;
  /** Default RS256. */
  readonly alg?: string;
  /** Any name but that of the published key: a key nobody publishes. */
  readonly signWith?: string;
}

export interface Repeat {
  readonly text: string;
  readonly times: number;
}

export interface CaseRequest {
  readonly method: string;
  /** After the stage. */
  readonly path?: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>> | readonly (readonly [string, string])[];
  readonly body?: string;
  readonly bodyBase64?: string;
  readonly bodyRepeat?: Repeat;
  /** Replaces the whole request target. */
  readonly rawTarget?: string;
}

export interface CaseStep {
  readonly request?: CaseRequest;
  readonly http?: CaseRequest;
  readonly connect?: {
    readonly client: string;
    readonly query?: string;
    readonly path?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly protocols?: readonly string[];
  };
  readonly send?: {
    readonly client: string;
    readonly text?: string;
    readonly repeat?: Repeat;
    readonly base64?: string;
    readonly fragmentBytes?: number;
  };
  readonly expectFrame?: { readonly client: string; readonly json?: Json; readonly text?: Json };
  readonly expectNoFrame?: { readonly client: string; readonly withinMs?: number };
  readonly expectClose?: { readonly client: string; readonly code?: Json };
  readonly close?: { readonly client: string; readonly code?: number };
  readonly management?: {
    readonly method: string;
    readonly connectionId?: string;
    readonly encodedTarget?: string;
    readonly body?: string;
    readonly bodyRepeat?: Repeat;
  };
  readonly expect?: JsonObject;
}

/** One way in which a case failed. */
export interface Mismatch {
  /** Where: `status`, `headers.x-a`, `lambdaEvent.requestContext.path`. */
  readonly at: string;
  readonly expected: unknown;
  readonly actual: unknown;
}
