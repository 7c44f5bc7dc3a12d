// TypeScript types as text: names and strings quoted where they must be, objects one member a line, remarks above
// members. Everything that is written into a project's types goes through here, so that no name can break out.

/** A line of generated code goes no further where it can be broken. */
export const WIDTH = 100;

/** One member of an object type. */
export interface Member {
  readonly name: string;
  readonly type: string;
  readonly optional?: boolean;
  /** Shown by editors. */
  readonly remark?: string | undefined;
}

/** Without a name: every member that has none here. */
type Line = Omit<Member, 'name'> & { readonly name: string | undefined };

/** `name`, or `'byId-2'` where a name must stand in quotes. */
export function memberName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : stringType(name);
}

/** `'new'`, `"it's"`: a string as code, which is its type as well. */
export function stringType(text: string): string {
  const quoted = JSON.stringify(text);
  if (text.includes("'") && !text.includes('"')) return quoted;
  const inner = quoted.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${inner}'`;
}

/** Of a value that JSON can hold. */
export function literalType(value: string | number | boolean | null): string {
  return typeof value === 'string' ? stringType(value) : String(value);
}

/** `'a' | 'b'`, each once, one a line where they are long; of nothing: `never`. */
export function unionType(types: readonly string[]): string {
  // A union within that has lines of its own cannot stand behind a bar.
  const unique = [...new Set(types)].map((one) => (one.startsWith('\n') ? `(${one}\n)` : one));
  if (unique.includes('unknown')) return 'unknown';
  if (unique.length === 0) return 'never';
  const line = unique.join(' | ');
  return unique.length === 1 || line.length <= WIDTH
    ? line
    : `\n${indented(unique.map((one) => `| ${one}`).join('\n'))}`;
}

/** `Array<A | B>`, `string[]`. */
export function arrayType(item: string): string {
  return /^[\w$.]+$/.test(item) ? `${item}[]` : `Array<${item}>`;
}

/**
 * An object type, one member a line; on one line where it is short and has no remarks.
 *
 * @param rest the type of members that have no name here
 */
export function objectType(members: readonly Member[], rest?: string): string {
  const all: readonly Line[] = rest === undefined ? members : [...members, { name: undefined, type: rest }];
  if (all.length === 0) return 'Record<string, never>';
  const short = `{ ${all.map(memberText).join(' ')} }`.replace(/; \}$/, ' }');
  const isPlain = all.every(({ remark, type }) => remark === undefined && !type.includes('\n'));
  return isPlain && all.length <= 3 && short.length <= 80 ? short : objectBlock(all);
}

/** An object type, one member a line, or `{}`. */
export function objectBlock(members: readonly Line[]): string {
  if (members.length === 0) return '{}';
  const lines = members.flatMap((member) => [
    ...(member.remark === undefined ? [] : [remarkOf(member.remark)]),
    memberText(member),
  ]);
  return `{\n${indented(lines.join('\n'))}\n}`;
}

const memberText = ({ name, type, optional = false }: Line): string =>
  `${name === undefined ? '[name: string]' : memberName(name)}${optional ? '?' : ''}:${type.startsWith('\n') ? '' : ' '}${type};`;

/** A remark as editors show it. */
export function remarkOf(text: string): string {
  const lines = text
    .replaceAll('*/', '*\\/')
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => line.trim());
  const [only] = lines;
  return lines.length === 1
    ? `/** ${only} */`
    : ['/**', ...lines.map((line) => ` * ${line}`.trimEnd()), ' */'].join('\n');
}

/** Two spaces deeper; empty lines stay empty. */
export function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}

/** `Schemas['order.json']`: the type of one member of a map. */
export const memberType = (map: string, name: string): string => `${map}[${stringType(name)}]`;
