// JSON Schema files that routes name as `body`: read for definitions, and what is wrong with them.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonSchema } from '../api/definition.ts';
import type { Problem } from '../errors.ts';
import { draft04 } from '../gateway/validation/draft-04.ts';
import type { Project, ProjectPath } from '../project/project.ts';

export interface SchemaReading {
  /** By path as apigen.yml has it. */
  readonly schemas: Readonly<Record<string, JsonSchema>>;
  readonly problems: readonly Problem[];
}

/** Never throws for what a file holds. */
export async function readSchemas(project: Project): Promise<SchemaReading> {
  const schemas: Record<string, JsonSchema> = {};
  const problems: Problem[] = [];
  for (const [file, path] of schemaFiles(project)) {
    const read = await readSchema(join(project.root, file));
    if (typeof read !== 'string') schemas[file] = read;
    else {
      const hint = 'Write a JSON Schema with the words of draft 4, as API Gateway takes it.';
      problems.push({
        code: 'INVALID_SCHEMA_FILE',
        message: `${file} ${read}`,
        hint,
        position: project.position(path),
      });
    }
  }
  return { schemas, problems };
}

function schemaFiles(project: Project): ReadonlyMap<string, ProjectPath> {
  const routes = Object.values(project.apis).flatMap((api) => api.routes);
  return new Map(
    routes.flatMap(({ body, source }) => (body?.type === 'schema' ? [[body.file, [...source, 'body']] as const] : [])),
  );
}

/** The schema, or what is wrong with the file: `does not exist`. */
async function readSchema(path: string): Promise<JsonSchema | string> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? 'does not exist' : `cannot be read: ${message}`;
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return `is no JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'is no JSON Schema: it must be a map';
  const schema = value as JsonSchema;
  const draft = schema['$schema'];
  if (typeof draft === 'string' && !draft.includes('draft-04'))
    return `is written for ${draft}; API Gateway knows draft 4`;
  try {
    draft04({ strict: false, logger: false }).compile(schema);
  } catch (error) {
    return `is no JSON Schema: ${error instanceof Error ? error.message : String(error)}`;
  }
  return schema;
}
