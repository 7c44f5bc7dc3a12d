// Characters that look like a space or like nothing and are neither to YAML: pasted from a web page or a chat.

const ODD = /[\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]/;

/** The first of them: `U+00A0`. */
export function oddCharacter(text: string): string | undefined {
  const found = ODD.exec(text)?.[0];
  return found && `U+${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}
