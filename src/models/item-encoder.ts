// Items of one model as DynamoDB takes them, through the project's own Dynamoose in the process that runs model files:
// defaults, transforms, timestamps and validation are those of a deployed function.

import { realpathSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApigenError, InvalidProjectError } from '../errors.ts';
import type { ModelDeclaration, Project } from '../project/project.ts';
import type { LoaderProcess } from './loader/loader-process.ts';
import { loaderScript } from './loader/loader-script.ts';
import { bundled, startLoader } from './loader/prepare-file.ts';
import type { EncodedItem } from './loader/protocol.ts';
import { sourcePositions } from './loader/source-positions.ts';
import type { ModelSpec } from './model-spec.ts';
import { readOutcome } from './read-outcome.ts';

export type { DecodeProblem } from './decoder/decode-item.ts';
export type { EncodedItem } from './loader/protocol.ts';

export interface ItemEncoder {
  readonly spec: ModelSpec;
  /**
   * Encodes some items, each by itself: one with problems does not touch the others.
   *
   * @param items as JSON.parse gives them
   * @throws ApigenError `MODEL_STOPPED` when the model's own code does not come back
   */
  encode(items: readonly unknown[]): Promise<readonly EncodedItem[]>;
  close(): Promise<void>;
}

/**
 * Loads the file of one model and keeps its process.
 *
 * @throws InvalidProjectError for a model file with problems
 */
export async function openEncoder(project: Project, declaration: ModelDeclaration): Promise<ItemEncoder> {
  const folder = await mkdtemp(join(realpathSync(tmpdir()), 'apigen-encoder-'));
  let loader: LoaderProcess | undefined;
  const close = async (): Promise<void> => {
    await loader?.close();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const root = realpathSync(project.root);
    const { file, name } = declaration;
    const bundle = await bundled(project, root, { file, declarations: [declaration] });
    if ('problems' in bundle) throw new InvalidProjectError(`${file} cannot be read`, bundle.problems);
    const path = join(folder, 'model.mjs');
    await writeFile(path, bundle.code);
    const started = startLoader(project, root, bundle.dynamoose, await loaderScript(folder), folder, {});
    loader = started;
    const outcome = await started.load({ bundle: path, names: [name] });
    const positions = sourcePositions(project.root, path, bundle);
    const reading = readOutcome({ project, file, declarations: [declaration], positions }, outcome);
    const spec = reading.models[0];
    if (spec === undefined) throw new InvalidProjectError(`${file} cannot be read`, reading.problems);
    return { spec, encode: (items) => encode(started, name, items), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function encode(
  loader: LoaderProcess,
  model: string,
  items: readonly unknown[],
): Promise<readonly EncodedItem[]> {
  const outcome = await loader.encode({ model, items });
  if (outcome.kind === 'encoded') return outcome.items;
  throw new ApigenError({
    code: 'MODEL_STOPPED',
    summary: `The model ${model} did not come back from checking items`,
    detail: outcome.kind === 'failed' ? outcome.message : `Its process ended (${outcome.how}).`,
    hint: "Look for loops, waits and process.exit in the model's set, validate and default functions.",
  });
}
