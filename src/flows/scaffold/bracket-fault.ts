// Where the brackets of a typed word do not pair: `set(string>`.

const PAIRS: Readonly<Record<string, string>> = { '(': ')', '<': '>', '[': ']' };

/** `character 11 is ">", where ")" must close the "(" of character 4`; nothing where all pair. Characters count from 1. */
export function bracketFault(text: string): string | undefined {
  const open: { readonly bracket: string; readonly at: number }[] = [];
  for (const [index, character] of [...text].entries()) {
    if (Object.hasOwn(PAIRS, character)) open.push({ bracket: character, at: index + 1 });
    if (!Object.values(PAIRS).includes(character)) continue;
    const last = open.pop();
    if (last === undefined) return `character ${index + 1} is "${character}", which closes nothing`;
    const wanted = PAIRS[last.bracket];
    if (wanted === character) continue;
    return `character ${index + 1} is "${character}", where "${wanted}" must close the "${last.bracket}" of character ${last.at}`;
  }
  const last = open.pop();
  return last === undefined ? undefined : `the "${last.bracket}" of character ${last.at} is never closed`;
}
