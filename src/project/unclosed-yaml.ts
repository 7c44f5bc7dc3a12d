// The bracket or quote behind a syntax error: the parser stumbles lines later, over what is right.

import { type CST, Parser } from 'yaml';

export interface Slip {
  /** Where it stands in the text. */
  readonly at: number;
  readonly message: string;
  readonly hint: string;
}

const CLOSERS = { 'flow-map-start': '}', 'flow-seq-start': ']' } as const;

/** @param stumbledAt where the parser met the first error */
export function findUnclosed(text: string, stumbledAt: number): Slip | undefined {
  const found: (CST.FlowCollection | CST.FlowScalar)[] = [];
  for (const token of new Parser().parse(text)) collect(token, found);
  const [first] = found.sort((a, b) => a.offset - b.offset);
  if (first === undefined || first.offset > stumbledAt) return undefined;
  // A quote swallows the brackets that would have closed.
  const quote = found.find((one) => one.type !== 'flow-collection');
  if (quote !== undefined) return openQuote(quote);
  if (first.type !== 'flow-collection') return undefined;
  const wrong = first.end.find(({ source }) => /^[}\]]$/.test(source));
  const closer = closerOf(first);
  const { source: opener } = first.start;
  if (wrong !== undefined) {
    const message = `The ${opener} that opens here meets a ${wrong.source}`;
    return { at: first.offset, message, hint: `Write ${closer} there, or remove the ${wrong.source}.` };
  }
  const inside = found.filter((one) => one.type === 'flow-collection').map(closerOf);
  const message = `The ${opener} that opens here is not closed`;
  return {
    at: first.offset,
    message,
    hint: `Add ${inside.reverse().join(' ')} at the end of line ${lineBefore(text, stumbledAt)}.`,
  };
}

function closerOf({ start }: CST.FlowCollection): string {
  return CLOSERS[start.type as keyof typeof CLOSERS];
}

function openQuote({ offset, source }: CST.FlowScalar): Slip {
  const quote = source.charAt(0);
  return {
    at: offset,
    message: `The ${quote} that opens here is not closed`,
    hint: `Add ${quote} where the text ends.`,
  };
}

function collect(token: CST.Token, found: (CST.FlowCollection | CST.FlowScalar)[]): void {
  walk(token, (one) => {
    if (one.type === 'flow-collection') {
      if (!one.end.some(({ source }) => source === closerOf(one))) found.push(one);
    } else if (one.type === 'double-quoted-scalar' || one.type === 'single-quoted-scalar') {
      const isClosed = one.source.length > 1 && one.source.endsWith(one.source.charAt(0));
      if (!isClosed) found.push(one);
    }
  });
}

function walk(token: CST.Token | null | undefined, visit: (token: CST.Token) => void): void {
  if (token === null || token === undefined) return;
  visit(token);
  if (token.type === 'document') walk(token.value, visit);
  if (!('items' in token)) return;
  for (const item of token.items) {
    if ('key' in item) walk(item.key, visit);
    walk(item.value, visit);
  }
}

/** The last line with content before a place; the first is 1. */
function lineBefore(text: string, at: number): number {
  return text
    .slice(0, at)
    .replace(/(\s*(#[^\n]*)?\n)*\s*$/, '')
    .split('\n').length;
}
