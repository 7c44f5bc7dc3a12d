// Whose ledger rows an API version of a project's stage has.

import type { LedgerScope } from '../../ledger/ledger-table.ts';
import type { Project } from '../../project/project.ts';

export const scopeOf = ({ name, stage, apiVersion }: Project): LedgerScope => ({
  project: name,
  stage: stage.name,
  version: apiVersion,
});
