// The code of a new model, made from the sample's, with the settings that an attribute may take as remarks to copy.

import type { Language } from './language.ts';
import { type Attribute, type AttributeFlags, isOpenAttribute, schemaLine, typeLine } from './model-attributes.ts';
import { fillMarks, readTemplate } from './template.ts';

const REMARKS = [
  '// An attribute may say more; Dynamoose then does it on every save and read:',
  "//   default: 'draft', enum: ['draft', 'sold'], validate: /^[A-Z]{2}$/, validate: (value) => Number(value) >= 0,",
  '//   set: (value) => String(value).trim() (before it is stored), get: (value) => … (when it is read)',
];

type Options = Pick<AttributeFlags, 'timestamps' | 'ttl'>;

/** The file of a model. */
export async function renderModel(
  name: string,
  attributes: readonly Attribute[],
  { timestamps = true, ttl }: Options,
  language: Language,
): Promise<string> {
  const template = await readTemplate(language, 'src/models/product');
  const expiry = ttl === undefined ? [] : [`${ttl}?: Date;`];
  const filled = fillMarks(template, {
    schema: [...REMARKS, ...attributes.map(schemaLine)],
    attributes: [...attributes.map(typeLine), ...expiry],
  });
  const open = attributes.filter(isOpenAttribute).map((attribute) => `'${attribute.name}.**'`);
  const settings = [
    ...(timestamps ? ['timestamps: true'] : []),
    // Without it Dynamoose stores a map empty.
    ...(open.length === 0 ? [] : [`saveUnknown: [${open.join(', ')}]`]),
  ];
  const timed = timestamps ? filled : filled.replace(/^ *(?:createdAt|updatedAt): Date;\n/gm, '');
  return timed
    .replace('{ timestamps: true },', () => (settings.length === 0 ? '{},' : `{ ${settings.join(', ')} },`))
    .replace("('Product', schema)", () => (ttl === undefined ? "('Product', schema)" : expiring(ttl)))
    .replace('A product, as it is stored.', `One ${name}, as it is stored.`)
    .replace(/\bProductItem\b/g, () => `${name}Item`)
    .replace(/\bProduct\b/g, () => name);
}

/** Dynamoose adds the attribute, and sets it where an item says nothing. */
function expiring(ttl: string): string {
  const lines = [
    '  // 30 days after it was stored, unless an item says when; DynamoDB deletes it within a few days of that.',
    `  expires: { attribute: '${ttl}', ttl: 30 * 24 * 60 * 60 * 1000 },`,
  ];
  return `('Product', schema, {\n${lines.join('\n')}\n})`;
}
