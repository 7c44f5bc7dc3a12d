// A fixed body as a mapping template.

/** A body as a mapping template that renders to itself: `$` and `#` mean something in a template, so they are escaped. */
export function literalTemplate(body: unknown): string {
  if (body === undefined || body === null) return '';
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  if (!/[$#]/.test(text)) return text;
  const reference = (name: string): string => `$\x7b${name}}`;
  const escaped = text.replace(/[$#]/g, (character) => reference(character === '$' ? 'D' : 'H'));
  return `#set($D = '$')#set($H = '#')${escaped}`;
}
