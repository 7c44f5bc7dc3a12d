// Who the local gateway pretends to be. None of it opens anything anywhere else.

import { join } from 'node:path';
import type { LocalCredential } from '../../gateway/gateway.ts';

export const LOCAL_ACCOUNT = '000000000000';

/** Where ARNs of this machine point. */
export const LOCAL_PLACE = { account: LOCAL_ACCOUNT, partition: 'aws' } as const;

/** Signs requests to `iam` routes; functions get it as their own credentials. */
export const LOCAL_CREDENTIAL: LocalCredential = {
  accessKeyId: 'AKIAAPIGENLOCAL00000',
  secretAccessKey: 'apigen-local-secret-good-on-this-machine-only',
  userArn: `arn:aws:iam::${LOCAL_ACCOUNT}:user/local`,
};

/** Where the key of the local token issuer is kept, for `dev` and `dev token` alike. */
export function issuerFolder(root: string): string {
  return join(root, '.apigen', 'dev');
}

/** Where the keys of usage plans are kept. */
export function keysFile(root: string): string {
  return join(root, '.apigen', 'dev', 'api-keys.json');
}
