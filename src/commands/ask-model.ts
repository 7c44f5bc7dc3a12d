// The questions of `apigen add-model` without a name. Each answer is checked at once, together with those before it.

import { UsageError } from '../errors.ts';
import { type AttributeFlags, parseAttributes } from '../flows/scaffold/model-attributes.ts';
import { requireModelName } from '../flows/scaffold/model-name.ts';
import type { Ui } from '../ui/ui.ts';

export interface ModelAnswers extends AttributeFlags {
  readonly name: string;
  readonly with: string | undefined;
}

/** What was said by flags already, and is not asked. */
export type ModelFlags = AttributeFlags & { readonly with: string | undefined };

/** @param models of the project: the name must be another, and a transaction may change one of them along */
export async function askModel(flags: ModelFlags, models: readonly string[], ui: Ui): Promise<ModelAnswers> {
  const name = await asked(ui, 'Name of the model, as Order', 'name', {
    check: (value) => {
      requireModelName(value);
      if (models.includes(value)) throw fault(`The project has the model ${value} already`);
    },
  });
  // Timestamps are asked later, and would refuse a createdAt of one's own.
  let known: AttributeFlags = { ...flags, timestamps: false, repository: false };
  const answer = async (flag: 'key' | 'sort' | 'fields' | 'ttl', question: string, fallback?: string) => {
    const check = (value: string): void => void parseAttributes({ ...known, [flag]: value === '' ? undefined : value });
    const value = flags[flag] ?? (await asked(ui, question, `--${flag}`, { check, fallback }));
    known = { ...known, [flag]: value === '' ? undefined : value };
  };
  await answer('key', 'Hash key, as id or customerId:string', 'id');
  await answer('sort', 'Sort key, as placedAt:date; Enter for none');
  await answer('fields', 'Attributes, as title:string price:number note:string?; Enter for none');
  known = { ...known, indexes: await askIndexes(known, ui) };
  known = { ...known, timestamps: flags.timestamps !== false && (await askTimestamps(known, ui)) };
  await answer('ttl', 'Attribute that says when an item expires; Enter for none');
  const wanted = flags.repository === true || flags.with !== undefined;
  const repository = wanted ? 'yes' : await askRepository(known, models, ui);
  return {
    ...known,
    name,
    repository: repository !== 'no',
    with: flags.with ?? models.find((model) => repository === `with ${model}`),
  };
}

/** The command that does the same without questions. */
export function commandOf(answers: ModelAnswers): string {
  const { name, key, sort, fields, indexes = [], timestamps, ttl, repository } = answers;
  const option = (flag: string, value: string | undefined) =>
    value === undefined ? [] : [`--${flag} ${shell(value)}`];
  return [
    `apigen add-model ${name}`,
    ...option('key', key),
    ...option('sort', sort),
    ...option('fields', fields),
    ...indexes.flatMap((index) => option('index', index)),
    ...(timestamps === false ? ['--no-timestamps'] : []),
    ...option('ttl', ttl),
    ...(repository === true ? ['--repository'] : []),
    ...option('with', answers.with),
  ].join(' ');
}

async function askIndexes(known: AttributeFlags, ui: Ui): Promise<readonly string[]> {
  const indexes = [...(known.indexes ?? [])];
  if (indexes.length > 0) return indexes;
  for (;;) {
    const check = (value: string): void => {
      if (value !== '') parseAttributes({ ...known, indexes: [...indexes, value] });
    };
    const more = indexes.length === 0 ? 'Enter for none' : 'Enter when there is no more';
    const index = await asked(ui, `Index, as byPlace:place,price; ${more}`, '--index', { check });
    if (index === '') return indexes;
    indexes.push(index);
  }
}

async function askTimestamps(known: AttributeFlags, ui: Ui): Promise<boolean> {
  const problem = problemOf(() => parseAttributes({ ...known, timestamps: true }));
  if (problem !== undefined) {
    ui.note(`No timestamps: ${problem}`);
    return false;
  }
  const choices = [
    { value: 'yes', name: 'createdAt and updatedAt, which Dynamoose writes' },
    { value: 'no', name: 'no timestamps' },
  ] as const;
  return (await ui.choose('Timestamps', choices, { flag: '--no-timestamps' })) === 'yes';
}

async function askRepository(known: AttributeFlags, models: readonly string[], ui: Ui): Promise<string> {
  const problem = problemOf(() => parseAttributes({ ...known, repository: true }));
  if (problem !== undefined) {
    ui.note(`No repository: ${problem}`);
    return 'no';
  }
  const choices = [
    { value: 'no', name: 'none' },
    { value: 'yes', name: 'functions that store, change and list, and their test' },
    ...models.map((model) => ({
      value: `with ${model}`,
      name: `the same, with a transaction that changes a ${model} too`,
    })),
  ];
  return ui.choose('Repository', choices, { flag: '--repository' });
}

interface Check {
  /** @throws UsageError what is wrong with an answer */
  check(value: string): void;
  readonly fallback?: string | undefined;
}

async function asked(ui: Ui, question: string, flag: string, { check, fallback }: Check): Promise<string> {
  const answer = await ui.ask(question, {
    flag,
    ...(fallback === undefined ? {} : { default: fallback }),
    validate: (value) => problemOf(() => check(value.trim())) ?? true,
  });
  return answer.trim();
}

/** A UsageError as a sentence, without the flag that nobody typed. */
function problemOf(check: () => unknown): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const { summary, hint } = error;
    const plain = summary.replace(/^--\w+: /, '');
    return hint === undefined ? plain : `${plain}. ${hint}`;
  }
}

function fault(summary: string): UsageError {
  return new UsageError({ code: 'ALREADY_THERE', summary });
}

function shell(value: string): string {
  return /^[\w:.,=-]+$/.test(value) ? value : `"${value.replace(/["\\$`]/g, '\\$&')}"`;
}
