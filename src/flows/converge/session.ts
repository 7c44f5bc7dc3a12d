// One connection to AWS for one command: where to, as whom, and the lock that its calls pass.

import type { Aws } from '../../aws/aws.ts';
import type { CallEvent, WaitEvent } from '../../aws/call-events.ts';
import { connect } from '../../aws/connect.ts';
import type { Lock } from '../../ledger/lease.ts';
import type { Project } from '../../project/project.ts';
import { localEndpoint } from '../local/local-endpoint.ts';

export interface SessionOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly stage?: string | undefined;
  readonly region?: string | undefined;
  readonly apiVersion?: string | undefined;
  readonly profile?: string | undefined;
  /** `local`: the emulator that `apigen local start` runs. */
  readonly target?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onCall?: ((event: CallEvent) => void) | undefined;
  readonly onWait?: ((event: WaitEvent) => void) | undefined;
  readonly debug?: ((line: string) => void) | undefined;
}

export interface Session {
  readonly aws: Aws;
  /** From now on a call leaves only while the lock's lease lasts. */
  hold(lock: Lock): void;
}

export async function connectFor(project: Project, options: SessionOptions): Promise<Session> {
  const local = options.target === 'local';
  const endpoint = local ? await localEndpoint(options.cwd) : undefined;
  let held: Lock | undefined;
  const aws = await connect({
    region: project.region,
    profile: local ? undefined : options.profile,
    endpoint,
    env: options.env,
    // The emulator's account is nobody's.
    expectedAccount: local ? undefined : project.stage.account,
    gate: async () => held?.gate(),
    onCall: options.onCall,
    onWait: options.onWait,
    debug: options.debug,
  });
  return {
    aws,
    hold: (lock) => {
      held = lock;
    },
  };
}
