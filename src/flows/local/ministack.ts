// How MiniStack, the AWS emulator, is run. It hands its own environment to the functions it runs, so it gets a
// clean one: no credentials, no tokens, nothing of the person's shell but PATH and HOME.

import { mkdirSync, writeFileSync } from 'node:fs';
import { devNull } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

/** The version apigen is tested with. */
export const MINISTACK_REQUIREMENT = 'ministack==1.5.33';

/** LocalStack's port, which MiniStack and its users took over. */
export const DEFAULT_PORT = 4566;

export interface MiniStackSettings {
  readonly port: number;
  /** Keeps its state here when it ends in peace, and reads it at the next start; without it nothing is kept. */
  readonly stateFolder?: string;
  /** Files that it makes while it runs; made by {@link makeTempFolder}. */
  readonly tempFolder?: string;
}

/** The whole environment of its process. */
export function miniStackEnvironment(env: NodeJS.ProcessEnv, settings: MiniStackSettings): NodeJS.ProcessEnv {
  const { port, stateFolder, tempFolder } = settings;
  return {
    // Functions run on the Node that runs apigen.
    PATH: [dirname(process.execPath), env['PATH'] ?? ''].join(delimiter),
    ...(env['HOME'] === undefined ? {} : { HOME: env['HOME'] }),
    GATEWAY_PORT: String(port),
    // It would listen to the whole network.
    BIND_HOST: '127.0.0.1',
    // Listeners on further fixed ports, which two instances would fight over.
    IOT_MTLS_ENABLED: '0',
    SFTP_ENABLED: '0',
    // A function must never find the person's own credentials.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    // Functions that bundle the SDK would print it at every cold start where this machine runs Node 20.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    PYTHONUNBUFFERED: '1',
    ...(tempFolder === undefined ? {} : { TMPDIR: tempFolder }),
    ...(stateFolder === undefined
      ? {}
      : { PERSIST_STATE: '1', STATE_DIR: stateFolder, S3_PERSIST: '1', S3_DATA_DIR: `${stateFolder}/s3` }),
  };
}

/** Answers 200 as soon as it takes calls. */
export function miniStackReadyUrl(port: number): string {
  return `http://127.0.0.1:${port}/_ministack/ready`;
}

/**
 * A folder for the files that it makes. It runs functions by CommonJS scripts there: a package of type module above
 * the folder (a person's project) must not decide how Node reads them.
 */
export function makeTempFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }\n');
}
