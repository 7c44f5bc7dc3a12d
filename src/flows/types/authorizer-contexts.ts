// What Lambda authorizers hand on to handlers, as types: read off what their own handlers return, so that nobody has to
// say it twice. In JavaScript the compiler may not look there.

import { relative } from 'node:path';
import { findHandlerSource } from '../../build/handler-source.ts';
import { type Member, stringType } from '../../models/types/type-text.ts';
import type { Project } from '../../project/project.ts';
import { GENERATED_FOLDER } from './generated-folder.ts';
import type { ImportExtension } from './import-extension.ts';
import type { StageView } from './stage-view.ts';

/** By the authorizer's name; one whose handler is not there yet is left out. */
export function authorizerContexts({ project, language, extension }: StageView): readonly Member[] {
  if (language !== 'typescript') return [];
  return Object.values(project.authorizers ?? {}).flatMap((authorizer): readonly Member[] => {
    const handler = authorizer.type === 'lambda' ? handlerType(project, authorizer.function, extension) : undefined;
    return handler === undefined ? [] : [{ name: authorizer.name, type: `Lambda.ContextOf<${handler}>` }];
  });
}

/** `(typeof import('../authorizer.ts'))['handler']`. */
function handlerType(project: Project, name: string, extension: ImportExtension): string | undefined {
  const declaration = project.functions[name];
  const source = declaration === undefined ? undefined : findHandlerSource(project, declaration);
  if (declaration === undefined || source === undefined || 'code' in source) return undefined;
  if (!/\.[mc]?ts$/.test(source.file)) return undefined;
  const path = relative(GENERATED_FOLDER, source.file).replaceAll('\\', '/');
  // `.mts` is imported as `.mjs`.
  const file = extension === '.js' ? path.replace(/ts$/, 'js') : path;
  return `(typeof import(${stringType(file)}))[${stringType(declaration.exportName)}]`;
}
