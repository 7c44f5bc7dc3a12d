// Keeps secrets out of everything a person or a log may see: values that the call carried in confidence (environment,
// keys, stage variables) and what belongs to signatures. Invariant: an exception passes here before anyone keeps it.

/** Shorter values are no secrets, and hiding them would garble every message. */
const shortestSecret = 6;

const signatures: readonly (readonly [RegExp, string])[] = [
  [/(Signature=)[0-9a-zA-Z+/=]+/g, '$1…'],
  [/(X-Amz-(?:Security-Token|Signature|Credential)[:=]\s*)[^\s&,'"]+/gi, '$1…'],
  [/(Authorization[:=]\s*)[^\n]+/gi, '$1…'],
  [/(Credential=)[^\s,]+/g, '$1…'],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b/g, '…'],
];

/** The values of an input that must never be shown. */
export function secretsOf(input: object): readonly string[] {
  const fields = new Map<string, unknown>(Object.entries(input));
  const environment = fields.get('Environment');
  return [
    ...stringsIn(environment),
    ...stringsIn(fields.get('variables')),
    ...stringsIn(fields.get('StageVariables')),
    ...stringsIn(fields.get('value')),
    ...stageVariablePatches(fields.get('patchOperations')),
  ].filter((value) => value.length >= shortestSecret);
}

export function redact(text: string, secrets: readonly string[]): string {
  let safe = text;
  for (const secret of secrets) safe = safe.replaceAll(secret, '…');
  for (const [pattern, replacement] of signatures) safe = safe.replace(pattern, replacement);
  return safe;
}

/** A copy of an SDK exception (still an instance of its class) with clean texts and without the raw response. */
export function redactException(exception: Error, secrets: readonly string[]): Error {
  const fields = Object.getOwnPropertyDescriptors(exception) as Record<string, PropertyDescriptor>;
  for (const raw of ['$response', '$responseBodyText']) delete fields[raw];
  for (const [name, { enumerable }] of Object.entries(fields)) {
    // The stack is an accessor on some versions of Node.
    const value: unknown = Reflect.get(exception, name);
    fields[name] = {
      value: redactValue(value, secrets),
      enumerable: enumerable === true,
      configurable: true,
      writable: true,
    };
  }
  return Object.create(Object.getPrototypeOf(exception), fields);
}

function redactValue(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === 'string') return redact(value, secrets);
  if (Array.isArray(value)) return value.map((item) => redactValue(item, secrets));
  // Plain objects alone: dates, bytes and causes stay what they are.
  if (typeof value !== 'object' || value === null || value.constructor?.name !== 'Object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, redactValue(item, secrets)]));
}

/** REST stage variables are changed by patches: `{ op: 'replace', path: '/variables/token', value: … }`. */
function stageVariablePatches(patches: unknown): string[] {
  if (!Array.isArray(patches)) return [];
  return patches.flatMap((patch: unknown) => {
    if (typeof patch !== 'object' || patch === null || !('path' in patch) || !('value' in patch)) return [];
    return String(patch.path).startsWith('/variables/') ? stringsIn(patch.value) : [];
  });
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}
