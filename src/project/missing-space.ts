// `handler:src/a.handler`: to YAML one word, to its writer a key and a value.

/** @returns how to write it, if that is what it is */
export function missingSpace(text: string): string | undefined {
  const [, key, value] = /^([\w-]+):([^\s:/].*)$/.exec(text) ?? [];
  return key && `A colon wants a space after it: ${key}: ${value}`;
}
