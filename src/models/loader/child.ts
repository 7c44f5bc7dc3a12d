// The process that runs model files: apart from the CLI, without its environment, without a network. It answers one
// request at a time and says nothing else; what model files print is caught.

import { createRequire } from 'node:module';
import { Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { isMainThread, workerData } from 'node:worker_threads';
import type DynamooseModule from 'dynamoose';
import type { SchemaSpec } from '../attribute-spec.ts';
import { describeModel } from './describe-model.ts';
import { encodeItem } from './encode-item.ts';
import { candidatesOf, pickModel } from './pick-models.ts';
import type { EncodeRequest, LoaderSettings, LoadRequest, Misstep, Reply } from './protocol.ts';
import { recordDynamoose, stackHere } from './record-dynamoose.ts';
import { startWatchdog, watch } from './watchdog.ts';

class ModelExit extends Error {}

Error.stackTraceLimit = 50;

type Exports = Readonly<Record<string, unknown>>;

/** Fails the file that is being loaded; once it is loaded, what it left running may fail unheard. */
let failLoading: (error: unknown) => void = () => undefined;

if (isMainThread) await serve(JSON.parse(process.argv[2] ?? '{}'));
else watch(workerData);

async function serve(settings: LoaderSettings): Promise<void> {
  const watchdog = await startWatchdog(new URL(import.meta.url), settings.watchdog);
  const dynamoose: typeof DynamooseModule = createRequire(settings.dynamoose)(settings.dynamoose);
  const recording = recordDynamoose(dynamoose, settings.prefix);
  Object.assign(globalThis, { __apigenDynamoose: recording.dynamoose });
  confine(recording.missteps);
  process.on('uncaughtException', (error) => failLoading(error));
  process.on('unhandledRejection', (error) => failLoading(error));
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  process.on('message', (request: LoadRequest | EncodeRequest) => {
    recording.missteps.length = 0;
    watchdog.arm();
    ('items' in request ? encode(request) : answer(request)).then(reply).then(watchdog.disarm, () => undefined);
  });
  const loaded = new Map<string, { readonly model: unknown; readonly schemas: readonly SchemaSpec[] }>();
  await reply({ kind: 'ready' });

  async function encode({ model, items }: EncodeRequest): Promise<Reply> {
    const known = loaded.get(model);
    if (known === undefined) {
      return { kind: 'failed', message: `${model} was not loaded`, stack: '', exited: false, missteps: [] };
    }
    return {
      kind: 'encoded',
      items: await Promise.all(items.map((json) => encodeItem(known.model, known.schemas, json))),
    };
  }

  async function answer({ bundle, names }: LoadRequest): Promise<Reply> {
    const { missteps, models: known } = recording;
    try {
      const candidates = candidatesOf(await load(bundle), known);
      const models = [];
      const missing = [];
      for (const name of names) {
        const candidate = pickModel(candidates, name);
        if (candidate === undefined) missing.push(name);
        else {
          const model = await describeModel(recording, dynamoose, name, candidate);
          loaded.set(name, { model: candidate.value, schemas: model.schemas });
          models.push(model);
        }
      }
      const exported = candidates.map(({ exportName }) => exportName);
      return { kind: 'loaded', models, missing, exported, missteps: [...missteps] };
    } catch (error) {
      const { message, stack } = asError(error);
      return { kind: 'failed', message, stack, exited: error instanceof ModelExit, missteps: [...missteps] };
    }
  }
}

/** A promise that a file rejects and nobody awaits is a failure too: it shows in the turn after the import. */
async function load(bundle: string): Promise<Exports> {
  const failed = new Promise<never>((_, reject) => {
    failLoading = reject;
  });
  const exports: Exports = await Promise.race([import(pathToFileURL(bundle).href), failed]);
  await Promise.race([setImmediate().then(() => setImmediate()), failed]);
  return exports;
}

/** What model files must not do: end the process, use the network; and what is only noted: print. */
function confine(missteps: Misstep[]): void {
  const refuseToEnd = (call: string) => (code?: unknown) => {
    throw new ModelExit(`${call}(${code === undefined ? '' : String(code)})`);
  };
  const [exit, reallyExit, abort] = ['process.exit', 'process.reallyExit', 'process.abort'].map(refuseToEnd);
  Object.assign(process, { exit, reallyExit, abort });
  for (const stream of [process.stdout, process.stderr]) {
    Object.assign(stream, { write: () => missteps.push({ kind: 'print', stack: stackHere() }) > 0 });
  }
  Socket.prototype.connect = () => {
    throw new Error('a model file must not use the network while it loads');
  };
}

function asError(error: unknown): { message: string; stack: string } {
  if (!(error instanceof Error)) return { message: `${String(error)} (thrown, though it is no error)`, stack: '' };
  const name = error.name === 'Error' ? '' : `${error.name}: `;
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return { message: `${name}${error.message}${cause}`, stack: error.stack ?? '' };
}

function reply(message: Reply): Promise<void> {
  return new Promise((done) => process.send?.(message, undefined, undefined, () => done()));
}
