// What a connection to AWS is made from.

import type { CallEvent, WaitEvent } from './call-events.ts';
import type { StaticCredentials } from './credentials.ts';
import type { Gate } from './sdk-clients.ts';

export interface ConnectOptions {
  readonly region: string;
  /** `--profile`. */
  readonly profile?: string | undefined;
  /** For all services, before any environment variable. `--target local` gives it; dummy credentials then serve. */
  readonly endpoint?: string | undefined;
  /** Instead of those the SDK finds. */
  readonly credentials?: StaticCredentials | undefined;
  readonly env: NodeJS.ProcessEnv;
  /** The stage's `account:`. */
  readonly expectedAccount?: string | undefined;
  /**
   * Once aborted, waits end and nothing new is sent (not even to the ledger); a change already sent is let finish.
   * For commands that only read; a deploy drains through the engine, and gives none.
   */
  readonly signal?: AbortSignal | undefined;
  /** Asked right before each attempt leaves; what it throws reaches the caller unchanged. Used by the deploy lock. */
  readonly gate?: Gate | undefined;
  /** Told of every attempt. */
  readonly onCall?: ((event: CallEvent) => void) | undefined;
  /** Told when a call is held back, for the progress line. */
  readonly onWait?: ((event: WaitEvent) => void) | undefined;
  /** One line per attempt and the SDK's warnings, for `--debug`. */
  readonly debug?: ((line: string) => void) | undefined;
}
