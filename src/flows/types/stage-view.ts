// A project as one stage sees it, with what its files say.

import type { DefinitionSources } from '../../api/build-context.ts';
import type { Project } from '../../project/project.ts';
import type { Language } from '../scaffold/language.ts';
import type { ImportExtension } from './import-extension.ts';

export interface StageView {
  readonly project: Project;
  readonly sources: Required<DefinitionSources>;
  readonly language: Language;
  /** Of imports between files in TypeScript. */
  readonly extension: ImportExtension;
}
