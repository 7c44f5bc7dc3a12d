// The API versions of a stage, oldest first, with the release that each of them serves and where.

import { executeApiUrl, socketUrl } from '../../aws/execute-api-url.ts';
import type { LedgerRow, LedgerState, Release } from '../../engine/ledger.ts';
import { readLedger } from '../../ledger/read-ledger.ts';
import { apiVersionOf, compareVersions } from '../../project/api-version.ts';
import type { Project } from '../../project/project.ts';
import { scopeOf } from './scope.ts';
import type { Session } from './session.ts';

export interface ListedVersion {
  readonly version: string;
  /** Absent: its first deploy was cut off. */
  readonly release: Release | undefined;
  readonly apis: readonly { readonly api: string; readonly url: string }[];
}

export async function listVersions(session: Session, project: Project): Promise<readonly ListedVersion[]> {
  const { otherVersions, ...own } = await readLedger(session.aws, scopeOf(project));
  const states = new Map<string, LedgerState>(otherVersions);
  if (own.rows.size > 0 || own.releases.length > 0) states.set(apiVersionOf(project), own);
  return [...states]
    .sort(([a], [b]) => compareVersions(a, b))
    .map(([version, { releases, rows }]) => ({
      version,
      release: releases[0],
      apis: [...rows.values()].flatMap((row) => apiOf(session, row, rows)),
    }));
}

/** Where an API is called, told from the rows of its shell and its stage. */
function apiOf({ aws }: Session, stage: LedgerRow, rows: LedgerState['rows']): ListedVersion['apis'] {
  const shell = stage.kind.endsWith('-stage') && stage.inside ? rows.get(stage.inside) : undefined;
  const apiId = shell?.outputs['apiId'];
  if (!shell || apiId === undefined) return [];
  const url = executeApiUrl(aws, apiId, stage.name.slice(stage.name.lastIndexOf('/') + 1));
  const [type, api = ''] = shell.id.split(/[:@]/);
  return [{ api, url: type === 'websocket-api' ? socketUrl(url) : url }];
}
