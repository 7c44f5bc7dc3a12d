// Gives a sample's code the names of another model, in identifiers and in sentences.

import { kebabCase, plural } from './words.ts';

/** What a sample calls its model, and what it is called instead. */
export interface Naming {
  /** In the sample: `Order`. */
  readonly sample: string;
  readonly name: string;
  /** The type of its items. */
  readonly itemType: string;
}

/**
 * Renames `Order`, `OrderItem`, `createOrder`, `listAllOrders`, `an order`, `orders`. Paths stay: `'./order.ts'`. All at
 * once, since a new name may hold an old one, and before anything of the model is put in, whose attributes may be called
 * `order` too.
 */
export function renameSamples(text: string, namings: readonly Naming[]): string {
  const bySample = new Map(namings.map((naming) => [naming.sample, naming]));
  const samples = [...bySample.keys()].join('|');
  const prose = new RegExp(`'\\.[^']*'|\\b(an? )?(${samples.toLowerCase()})(s?)\\b`, 'g');
  const identifier = new RegExp(`(${samples})(Item|s|)(?=\\b|[A-Z])`, 'g');
  return text
    .replace(prose, (whole, an: string | undefined, word: string | undefined, s: string) => {
      const naming = namings.find(({ sample }) => sample.toLowerCase() === word);
      if (naming === undefined) return whole;
      const words = kebabCase(naming.name).replaceAll('-', ' ');
      const article = an === undefined ? '' : /^[aeiou]/.test(words) ? 'an ' : 'a ';
      return `${article}${s === '' ? words : plural(words)}`;
    })
    .replace(identifier, (whole, sample: string, after: string) => {
      const naming = bySample.get(sample);
      if (naming === undefined) return whole;
      if (after === 'Item') return naming.itemType;
      return after === 's' ? plural(naming.name) : naming.name;
    });
}

/** The imports of a text, without the names that it does not use. */
export function onlyUsedImports(text: string): string {
  return text
    .replace(/^import (\w+) from '.*';\n/gm, (line, name: string) => (isUsed(name, text.replace(line, '')) ? line : ''))
    .replace(
      /^import (type )?\{([^}]*)\} from ('.*');\n/gm,
      (line, type: string | undefined, list: string, from: string) => {
        const rest = text.replace(line, '');
        const names = list
          .split(',')
          .map((one) => one.trim())
          .filter((one) => one !== '' && isUsed(one.replace('type ', ''), rest));
        if (names.length === 0) return '';
        const short = `import ${type ?? ''}{ ${names.join(', ')} } from ${from};\n`;
        const long = `import ${type ?? ''}{\n${names.map((name) => `  ${name},\n`).join('')}} from ${from};\n`;
        return short.length <= 121 ? short : long;
      },
    );
}

function isUsed(name: string, text: string): boolean {
  return new RegExp(`\\b${name}\\b`).test(text);
}
