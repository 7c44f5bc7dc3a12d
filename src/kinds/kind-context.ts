// What every kind closes over: AWS, whose resources it makes, and the bytes of built functions.

import type { Aws } from '../aws/aws.ts';
import type { Owner } from './ownership.ts';

export interface KindContext {
  readonly aws: Aws;
  readonly owner: Owner;
  /** The zip of a built function by its CodeSha256 (base64). */
  artifact(codeSha256: string): Promise<Uint8Array>;
}
