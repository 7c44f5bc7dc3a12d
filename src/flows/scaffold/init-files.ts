// The files of a new project, as init writes them: the templates with the project's name, region and API type.

import { projectJsonSchema } from '../../project/json-schema.ts';
import type { NewFile } from './create-files.ts';
import { extensionOf, type Language } from './language.ts';
import { fillMarks, readTemplate } from './template.ts';

export interface NewProject {
  readonly name: string;
  readonly type: 'http' | 'rest';
  readonly region: string;
  readonly language: Language;
}

/** Files that every project has beside its code. */
export async function supportFiles(project: NewProject): Promise<readonly NewFile[]> {
  const { language, name } = project;
  const manifest: object = JSON.parse(await readTemplate(language, 'package.json'));
  const files = [
    { path: 'package.json', text: `${JSON.stringify({ ...manifest, name }, null, 2)}\n` },
    { path: '.gitignore', text: await readTemplate(language, 'gitignore') },
    { path: 'apigen.schema.json', text: editorSchema() },
  ];
  if (language === 'javascript') return files;
  return [...files, { path: 'tsconfig.json', text: await readTemplate(language, 'tsconfig.json') }];
}

/** The sample: a model, its handlers and their test. */
export async function sampleFiles({
  type,
  language,
}: Pick<NewProject, 'type' | 'language'>): Promise<readonly NewFile[]> {
  const paths = ['src/http', 'src/models/product', 'src/products/list', 'src/products/get', 'src/products/create'];
  // A REST API answers /health by itself.
  if (type === 'http') paths.push('src/health');
  const extension = extensionOf(language);
  paths.push('test/products.test');
  return Promise.all(
    paths.map(async (path) => {
      const file = `${path}.${extension}`;
      return { path: file, text: fillMarks(await readTemplate(language, file)) };
    }),
  );
}

/** apigen.yml itself. */
export async function projectFileOf({ name, type, region, language }: NewProject): Promise<NewFile> {
  const template = await readTemplate(language, type === 'rest' ? 'apigen.rest.yml' : 'apigen.yml');
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
