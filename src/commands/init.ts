// `apigen init`: asks on a terminal, takes flags elsewhere, and says at the end how to do the same without questions.

import { relative } from 'node:path';
import type { Command, CommandInput } from '../cli/command.ts';
import { UsageError } from '../errors.ts';
import { dependenciesOf, type NewProject } from '../flows/scaffold/init-files.ts';
import {
  describeProject,
  existingProject,
  type InitResult,
  initFolder,
  initProject,
  nameOfFolder,
  requireProjectName,
} from '../flows/scaffold/init-project.ts';
import { LANGUAGES, type Language } from '../flows/scaffold/language.ts';
import { judgeRegion } from '../project/schema/judge-region.ts';
import { PROJECT_NAME } from '../project/schema/project-file.ts';
import { judgeName } from '../project/schema/rule.ts';
import type { Ui } from '../ui/ui.ts';

const TYPES = [
  { value: 'http', name: 'HTTP API: cheaper and faster; right for most' },
  { value: 'rest', name: 'REST API: can also answer by itself (mock)' },
  { value: 'websocket', name: 'WebSocket API: messages both ways; the sample is a chat' },
] as const;

const TITLES = { http: 'HTTP', rest: 'REST', websocket: 'WebSocket' } as const;

export const init: Command = {
  name: 'init',
  summary: 'start a project, or add what is missing in one',
  description:
    'Writes apigen.yml, handlers, a Dynamoose model, a unit test and what they need. A file that is there is never ' +
    'overwritten; run again, it adds only what is missing.',
  arguments: [{ name: 'name', summary: 'folder and project to make; without it, this folder', required: false }],
  options: [
    { flags: '--name <name>', summary: "the project's name, where it is not the folder's" },
    { flags: '--type <type>', summary: 'type of its API (default http)', choices: TYPES.map((type) => type.value) },
    { flags: '--region <region>', summary: 'AWS region (default AWS_REGION or us-east-1)' },
    {
      flags: '--language <language>',
      summary: 'language of its code (default typescript)',
      choices: LANGUAGES.map((language) => language.value),
    },
    { flags: '-y, --yes', summary: 'ask nothing: take the defaults for what is not said' },
  ],
  examples: ['apigen init shop', 'apigen init shop --yes --type rest --region eu-west-1 --language javascript'],
  async run(input, { cwd, env, ui }) {
    const typed = typeof input.arguments['name'] === 'string' ? input.arguments['name'] : undefined;
    const flags = readFlags(input);
    const folder = await initFolder(cwd, typed);
    const existing = await existingProject(folder);
    const region = env['AWS_REGION'] || env['AWS_DEFAULT_REGION'] || 'us-east-1';
    const project =
      existing === undefined
        ? await answers(flags, { name: nameOfFolder(folder), region, named: typed !== undefined && typed !== '.' }, ui)
        : describeProject(existing);
    const result = await initProject(folder, project);
    const command = commandOf(typed, result.project, nameOfFolder(folder));
    ui.result({ ...result, command }, () => describe(result, relative(cwd, folder), command, ui));
    return 0;
  },
};

interface Flags {
  readonly name: string | undefined;
  readonly type: string | undefined;
  readonly region: string | undefined;
  readonly language: string | undefined;
  readonly yes: boolean;
}

function readFlags({ options }: CommandInput): Flags {
  const text = (key: string) => (typeof options[key] === 'string' ? options[key] : undefined);
  const region = text('region');
  const fault = region === undefined ? undefined : judgeRegion(region);
  if (fault !== undefined) {
    const summary = `--region: ${JSON.stringify(region)} ${fault.message}`;
    throw new UsageError({ code: 'UNKNOWN_REGION', summary, hint: fault.hint });
  }
  const name = text('name');
  if (name !== undefined) requireProjectName(name, '--name');
  return { name, type: text('type'), region, language: text('language'), yes: options['yes'] === true };
}

interface Defaults {
  readonly name: string;
  readonly region: string;
  /** The name was typed as the folder's. */
  readonly named: boolean;
}

async function answers(flags: Flags, defaults: Defaults, ui: Ui): Promise<NewProject> {
  const askName = async () => {
    if (flags.yes || defaults.named) return defaults.name;
    return ui.ask('Name of the project', {
      flag: '--name or --yes',
      default: defaults.name,
      validate: (value) => sentence(judgeName(value, PROJECT_NAME)),
    });
  };
  const askRegion = async () => {
    if (flags.yes) return checkedDefault(defaults.region);
    return ui.ask('AWS region', {
      flag: '--region or --yes',
      default: defaults.region,
      validate: (value) => sentence(judgeRegion(value)),
    });
  };
  return {
    name: flags.name ?? (await askName()),
    type:
      pick(flags.type, TYPES) ??
      (flags.yes ? 'http' : await ui.choose('Type of API', TYPES, { flag: '--type or --yes' })),
    region: flags.region ?? (await askRegion()),
    language:
      pick<Language>(flags.language, LANGUAGES) ??
      (flags.yes ? 'typescript' : await ui.choose('Language', LANGUAGES, { flag: '--language or --yes' })),
  };
}

/** The region of the environment may be one that apigen does not know. */
function checkedDefault(region: string): string {
  const fault = judgeRegion(region);
  if (fault === undefined) return region;
  const summary = `AWS_REGION: ${JSON.stringify(region)} ${fault.message}`;
  throw new UsageError({ code: 'UNKNOWN_REGION', summary, hint: '--region eu-west-1' });
}

function pick<T extends string>(value: string | undefined, known: readonly { readonly value: T }[]): T | undefined {
  return known.find((one) => one.value === value)?.value;
}

function sentence(fault: { readonly message: string; readonly hint?: string | undefined } | undefined): true | string {
  if (fault === undefined) return true;
  return fault.hint === undefined ? `It ${fault.message}` : `It ${fault.message}. ${fault.hint}`;
}

function commandOf(typed: string | undefined, project: NewProject, folderName: string): string {
  const place = typed === undefined ? '' : ` ${typed}`;
  const name = project.name === folderName && typed !== undefined ? '' : ` --name ${project.name}`;
  return `apigen init${place}${name} --type ${project.type} --region ${project.region} --language ${project.language} --yes`;
}

function describe(result: InitResult, folder: string, command: string, { style }: Ui): string {
  const { created, kept, refreshed, project, isNew } = result;
  if (!isNew && created.length === 0 && refreshed.length === 0) {
    return `${style.green('✓')} ${project.name} has all its files: nothing to add`;
  }
  const language = LANGUAGES.find((one) => one.value === project.language)?.name;
  const lines = [
    isNew
      ? `${style.green('✓')} Made ${style.bold(project.name)}: ${TITLES[project.type]} API, ${language}, ${project.region}`
      : `${style.green('✓')} Added what was missing in ${style.bold(project.name)}`,
    ...created.map((path) => `  ${style.green('+')} ${path}`),
    ...refreshed.map((path) => `  ${style.yellow('~')} ${path} (brought up to date)`),
    ...kept.map((path) => `  ${style.dim(`  ${path} (kept as it is)`)}`),
  ];
  if (kept.includes('package.json') && isNew) {
    lines.push(
      '',
      'package.json is yours: add what the handlers need with',
      `  npm install ${['dynamoose@4', ...Object.keys(dependenciesOf(project.type))].join(' ')}${typesOf(project)}`,
    );
  }
  if (isNew) {
    const next = [...(folder === '' ? [] : [`cd ${folder}`]), 'npm install', 'npm test', 'apigen dev', 'apigen deploy'];
    lines.push('', 'Next:', ...next.map((line) => `  ${style.cyan(line)}`));
    lines.push('', `Types of handlers, bodies and items: ${style.cyan('apigen types')}`);
    lines.push(`The same without questions: ${command}`);
  }
  return lines.join('\n');
}

function typesOf(project: NewProject): string {
  return project.language === 'typescript' ? ' && npm install -D typescript @types/node @types/aws-lambda' : '';
}
