// Flags that do not go together.

import { UsageError } from '../errors.ts';

export function conflict(summary: string, hint: string): UsageError {
  return new UsageError({ code: 'CONFLICTING_FLAGS', summary, hint });
}

/** Scopes are asked of an authorizer's tokens. @throws UsageError `CONFLICTING_FLAGS` */
export function requireAuthOfScopes(scopes: readonly string[], auth: string | undefined): void {
  if (scopes.length === 0 || auth !== undefined) return;
  throw conflict('--scope belongs to --auth', `--auth NAME --scope ${scopes[0]}`);
}
