// Names in the forms that code wants them.

/** `OrderLine` → `orderLine`. */
export function camelCase(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** `OrderLine` → `order-line`, `HTTPCall` → `http-call`. */
export function kebabCase(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();
}

/** `order` → `orders`, `category` → `categories`, `box` → `boxes`; good enough for names in code. */
export function plural(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}

/** Whether a path's word names many things: `products`, not `status` or `address`. */
export function isPlural(word: string): boolean {
  return /[^su]s$/i.test(word) && !/(?:ss|is|us)$/i.test(word);
}

/** Words that JavaScript keeps for itself, or that every file already knows by another meaning. */
const RESERVED = new Set(
  (
    'await break case catch class const continue debugger default delete do else enum export extends false finally ' +
    'for function if implements import in instanceof interface let new null package private protected public return ' +
    'static super switch this throw true try typeof var void while with yield async of undefined NaN Infinity eval ' +
    'arguments Array BigInt Boolean Buffer Date Error Function JSON Map Math Number Object Promise Proxy Reflect ' +
    'RegExp Set String Symbol WeakMap WeakSet Request Response URL Item Model Schema Condition Refusal dynamoose ' +
    'console process global globalThis module require exports'
  ).split(' '),
);

/** Whether a name cannot be given to a model or used as a variable. */
export function isReserved(word: string): boolean {
  return RESERVED.has(word);
}
