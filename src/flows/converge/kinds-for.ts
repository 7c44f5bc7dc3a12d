// All kinds, made to work for one project and stage over one connection.

import type { BuiltFunction } from '../../build/build-functions.ts';
import type { Kind } from '../../engine/kind.ts';
import { ApigenError } from '../../errors.ts';
import { allKinds } from '../../kinds/index.ts';
import type { Project } from '../../project/project.ts';
import type { Session } from './session.ts';

export function kindsFor(
  session: Session,
  project: Project,
  functions: readonly BuiltFunction[],
): ReadonlyMap<string, Kind> {
  const zips = new Map(functions.map((built) => [built.codeSha256, built.zip]));
  return allKinds({
    aws: session.aws,
    owner: { project: project.name, stage: project.stage.name },
    artifact: async (codeSha256) => {
      const zip = zips.get(codeSha256);
      if (zip) return zip;
      throw new ApigenError({ code: 'INTERNAL', summary: `No built function has the code ${codeSha256}` });
    },
  });
}
