// Models with their defaults filled in. What their files say is read by src/models.

import { formatPath, type ProblemList } from './problem-list.ts';
import type { ModelDeclaration, StreamView } from './project.ts';
import type { ModelEntry } from './schema/model.ts';
import { normalisePath } from './schema/path-in-project.ts';
import type { ProjectFile } from './schema/project-file.ts';

/** Models by name, in file order. */
export function resolveModels(
  file: ProjectFile,
  protect: boolean,
  problems: ProblemList,
): Readonly<Record<string, ModelDeclaration>> {
  const models: Record<string, ModelDeclaration> = {};
  const lowerCase = new Map<string, string>();
  for (const [name, written] of Object.entries(file.models ?? {})) {
    const entry: ModelEntry = typeof written === 'string' ? { file: written } : written;
    const path = ['models', name];
    const other = lowerCase.get(name.toLowerCase());
    if (other !== undefined) {
      problems.add(path, {
        code: 'SAME_MODEL_NAME',
        message: `${formatPath(path)} differs from ${other} in case only`,
        hint: 'Rename one of the two.',
        atKey: true,
      });
    }
    lowerCase.set(name.toLowerCase(), name);
    models[name] = {
      name,
      file: normalisePath(entry.file),
      capacity: entry.capacity ?? 'on-demand',
      continuousBackups: entry.backups !== undefined && entry.backups !== 'none',
      ...(typeof entry.backups === 'object' && { recoveryDays: entry.backups.days }),
      ...(entry.class === 'infrequent-access' && { tableClass: 'STANDARD_INFREQUENT_ACCESS' as const }),
      ...(entry.encryption !== undefined && {
        encryption: entry.encryption as NonNullable<ModelDeclaration['encryption']>,
      }),
      ...replication(entry),
      deletionProtection: entry.protect ?? protect,
      path,
    };
    judgeReplicas(models[name], file.region, problems);
  }
  return models;
}

/** Replication reads the table's stream, which must show both images. */
function replication({ replicas = [], stream }: ModelEntry): Pick<ModelDeclaration, 'replicas' | 'stream'> {
  const view = stream?.replaceAll('-', '_').toUpperCase() as StreamView | undefined;
  if (replicas.length === 0) return view === undefined ? {} : { stream: view };
  const regions = replicas.map((replica) => (typeof replica === 'string' ? { region: replica } : replica));
  return {
    replicas: Object.fromEntries(regions.map(({ region, key = '' }) => [region, key])),
    stream: view ?? 'NEW_AND_OLD_IMAGES',
  };
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_reqs_bestpractices.html */
function judgeReplicas(model: ModelDeclaration, home: string | undefined, problems: ProblemList): void {
  const { replicas = {}, encryption = 'owned', stream, capacity, path } = model;
  const refuse = (key: string, message: string, hint: string): void =>
    problems.add([...path, key], {
      code: 'REPLICAS_REFUSED',
      message: `${formatPath([...path, key])} ${message}`,
      hint,
    });
  const regions = Object.entries(replicas);
  if (regions.length === 0) return;
  if (stream !== 'NEW_AND_OLD_IMAGES') {
    refuse('stream', 'must be new-and-old-images: replicas are kept by the stream', 'Leave stream out.');
  }
  if (capacity !== 'on-demand') {
    refuse(
      'capacity',
      'must be on-demand: replicas need writes that scale in every region',
      'Write capacity: on-demand',
    );
  }
  const ownKey = encryption.startsWith('arn:');
  for (const [region, key] of regions) {
    if (region === home) refuse('replicas', `name ${region}, where the table itself is`, `Leave ${region} out.`);
    if (ownKey && key === '') {
      refuse(
        'replicas',
        `need a key in ${region}, since the table has a key of its own`,
        `Write { region: ${region}, key: arn:… }`,
      );
    }
    if (!ownKey && key !== '') {
      refuse(
        'replicas',
        `give ${region} a key, while the table has none`,
        'Give the table a key with encryption, too.',
      );
    }
    if (key !== '' && key.split(':')[3] !== region) {
      refuse('replicas', `give ${region} a key of ${key.split(':')[3]}`, `Name a key in ${region}.`);
    }
  }
}
