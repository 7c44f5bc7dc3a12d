// The files of a new project, as init writes them: the templates with the project's name, region and API type.

import type { ApiType } from '../../project/api-declaration.ts';
import { projectJsonSchema } from '../../project/json-schema.ts';
import type { NewFile } from './create-files.ts';
import { extensionOf, type Language } from './language.ts';
import { fillMarks, readTemplate } from './template.ts';

export interface NewProject {
  readonly name: string;
  readonly type: ApiType;
  readonly region: string;
  readonly language: Language;
}

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
}

/** What the sample of a type needs beside Dynamoose: the chat sends to its connections by the SDK. */
export function dependenciesOf(type: ApiType): Readonly<Record<string, string>> {
  return type === 'websocket' ? { '@aws-sdk/client-apigatewaymanagementapi': '^3.1000.0' } : {};
}

/** Files that every project has beside its code. */
export async function supportFiles(project: NewProject): Promise<readonly NewFile[]> {
  const { language, name } = project;
  const manifest: Manifest = JSON.parse(await readTemplate(language, 'package.json'));
  const dependencies = { ...dependenciesOf(project.type), ...manifest.dependencies };
  const files = [
    { path: 'package.json', text: `${JSON.stringify({ ...manifest, name, dependencies }, null, 2)}\n` },
    { path: '.gitignore', text: await readTemplate(language, 'gitignore') },
    { path: 'apigen.schema.json', text: editorSchema() },
  ];
  if (language === 'javascript') return files;
  return [...files, { path: 'tsconfig.json', text: await readTemplate(language, 'tsconfig.json') }];
}

const CHAT = [
  'src/models/connection',
  'src/chat/connections',
  'src/chat/connect',
  'src/chat/disconnect',
  'src/chat/send',
  'test/chat.test',
];

/** A REST API answers /health by itself. */
const PRODUCTS = [
  'src/http',
  'src/models/product',
  'src/products/list',
  'src/products/get',
  'src/products/create',
  'src/health',
  'test/products.test',
];

/** The sample: a model, its handlers and their test. */
export async function sampleFiles({
  type,
  language,
}: Pick<NewProject, 'type' | 'language'>): Promise<readonly NewFile[]> {
  const paths = type === 'websocket' ? CHAT : PRODUCTS.filter((path) => type === 'http' || path !== 'src/health');
  const extension = extensionOf(language);
  return Promise.all(
    paths.map(async (path) => {
      const file = `${path}.${extension}`;
      return { path: file, text: fillMarks(await readTemplate(language, file)) };
    }),
  );
}

/** apigen.yml itself. */
export async function projectFileOf({ name, type, region, language }: NewProject): Promise<NewFile> {
  const template = await readTemplate(language, type === 'http' ? 'apigen.yml' : `apigen.${type}.yml`);
  const text = template.replace(/^name: .*$/m, `name: ${name}`).replace(/^region: .*$/m, `region: ${region}`);
  return { path: 'apigen.yml', text };
}

/**
 * The JSON Schema beside apigen.yml. It is a file of the project, not of node_modules, so that an editor completes
 * keys in a fresh clone, offline, and however apigen was installed.
 */
export function editorSchema(): string {
  return `${JSON.stringify(projectJsonSchema(), null, 2)}\n`;
}
