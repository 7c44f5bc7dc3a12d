// Values inside JSON bodies for selection expressions: members, indexes and wildcards. Recursive descent and filters
// are not supported there on AWS either, so an expression that has them finds nothing.

/** "API Gateway truncates the request body at 100 KB and then applies the selection expression" (developer guide). */
const LIMIT_BYTES = 100 * 1024;

/**
 * Reads paths from one body: `''` is the whole text, `.user.name` or `['a b'][0]` a value in it. Undefined when there
 * is no such value, or no JSON.
 */
export function createBodyReader(body: Uint8Array): (path: string) => string | undefined {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  let parsed: { readonly value: unknown } | undefined;
  return (path) => {
    if (path === '') return bytes.byteLength === 0 ? undefined : bytes.toString('utf8');
    parsed ??= { value: parse(bytes.subarray(0, LIMIT_BYTES)) };
    return valueText(valueAt(parsed.value, path));
  };
}

/** A value as an expression prints it: strings bare, `null` as nothing, the rest as JSON. */
export function valueText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The value at a JSON path without its `$`: `.a.b`, `.items[0]`, `['a b']`, `.items[*].id` (then a list). */
export function valueAt(root: unknown, path: string): unknown {
  const steps = stepsOf(path);
  return steps === undefined ? undefined : walk(root, steps);
}

type Step = { readonly member: string } | { readonly index: number } | 'all';

const STEP = /\.([^.[\]*?()]+)|\['([^']*)'\]|\["([^"]*)"\]|\[(-?\d+)\]|(\.\*|\[\*\])/y;

function stepsOf(path: string): Step[] | undefined {
  const steps: Step[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < path.length) {
    const match = STEP.exec(path);
    if (match === null) return undefined;
    const member = match[1] ?? match[2] ?? match[3];
    if (member !== undefined) steps.push({ member });
    else steps.push(match[4] === undefined ? 'all' : { index: Number(match[4]) });
  }
  return steps;
}

function walk(value: unknown, steps: readonly Step[]): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  if (typeof value !== 'object' || value === null) return undefined;
  if (step === 'all') {
    return Object.values(value)
      .map((entry) => walk(entry, rest))
      .filter((entry) => entry !== undefined);
  }
  if ('index' in step) return Array.isArray(value) ? walk(value.at(step.index), rest) : undefined;
  if (Array.isArray(value) || !Object.hasOwn(value, step.member)) return undefined;
  return walk((value as Record<string, unknown>)[step.member], rest);
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
