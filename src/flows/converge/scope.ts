// Whose ledger rows a project's stage has.

import type { LedgerScope } from '../../ledger/ledger-table.ts';
import type { Project } from '../../project/project.ts';

export const scopeOf = (project: Project): LedgerScope => ({ project: project.name, stage: project.stage.name });
