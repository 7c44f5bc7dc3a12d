// The tables of all models, and whether they are there.

import { readModels } from '../../models/read-models.ts';
import { describeLiveTable } from '../../operate/tables/live-table.ts';
import { invalidProject, loadProject } from '../../project/load-project.ts';
import { connectFor, type SessionOptions } from '../converge/session.ts';

export interface ListedTable {
  readonly model: string;
  readonly tableName: string;
  /** DynamoDB's status, or `absent`. */
  readonly status: string;
  /** As DynamoDB counts them, some hours behind. */
  readonly items: number;
  readonly sizeBytes: number;
}

export async function listTables(options: SessionOptions): Promise<readonly ListedTable[]> {
  const project = await loadProject(options);
  if (Object.keys(project.models).length === 0) return [];
  const [{ models, problems }, { aws }] = await Promise.all([readModels(project), connectFor(project, options)]);
  if (problems.length > 0) throw invalidProject(problems);
  return Promise.all(
    Object.values(models).map(async ({ name, table }) => {
      const live = await describeLiveTable(aws, table.tableName);
      return {
        model: name,
        tableName: table.tableName,
        status: live?.TableStatus ?? 'absent',
        items: live?.ItemCount ?? 0,
        sizeBytes: live?.TableSizeBytes ?? 0,
      };
    }),
  );
}
