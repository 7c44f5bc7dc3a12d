// Asks V8 where functions were written, through its own debugger interface: exact, and without parsing sources.

import { Session } from 'node:inspector';
import type { FunctionInSchema } from './describe-schema.ts';
import type { FoundFunction } from './protocol.ts';

interface Internal {
  readonly name: string;
  readonly value?: { readonly value?: { scriptId: string; lineNumber: number; columnNumber: number } };
}

const HANDLE = '__apigenFunction';

/** The functions with their places; patterns have none. */
export function locateFunctions(functions: readonly FunctionInSchema[]): readonly FoundFunction[] {
  if (!functions.some(({ value }) => typeof value === 'function')) return functions.map(named);
  const session = new Session();
  session.connect();
  const urls = new Map<string, string>();
  session.on('Debugger.scriptParsed', ({ params }) => urls.set(params.scriptId, params.url));
  session.post('Debugger.enable');
  const found = functions.map((one) => ({ ...named(one), ...placeOf(session, one.value, urls) }));
  session.disconnect();
  return found;
}

function named({ attribute, setting }: FunctionInSchema): FoundFunction {
  return { attribute, setting };
}

function placeOf(session: Session, value: unknown, urls: ReadonlyMap<string, string>): Pick<FoundFunction, 'at'> {
  if (typeof value !== 'function') return {};
  const internals = internalsOf(session, value);
  const place = internals.find(({ name }) => name === '[[FunctionLocation]]')?.value?.value;
  const url = place === undefined ? undefined : urls.get(place.scriptId);
  if (place === undefined || url === undefined) return {};
  return { at: { url, line: place.lineNumber, column: place.columnNumber } };
}

/** A session to its own thread answers before `post` returns. */
function internalsOf(session: Session, value: unknown): readonly Internal[] {
  const shared = globalThis as { [HANDLE]?: unknown };
  shared[HANDLE] = value;
  let objectId: string | undefined;
  session.post('Runtime.evaluate', { expression: HANDLE }, (_, reply) => {
    objectId = reply?.result.objectId;
  });
  delete shared[HANDLE];
  let internals: readonly Internal[] = [];
  if (objectId === undefined) return internals;
  session.post('Runtime.getProperties', { objectId, ownProperties: true }, (_, reply) => {
    internals = (reply?.internalProperties ?? []) as readonly Internal[];
  });
  return internals;
}
