// What stands, as an independent reader sees it, against expectations written by hand in AWS's own terms: an emulator
// echoes what it is given, and our reading would undo our own mistakes of writing.

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from '@jest/globals';
import type { Aws } from '../../../src/aws/aws.ts';
import type { Sample } from '../samples/sample.ts';
import type { Declare } from './gap-checks.ts';
import { Stand } from './stand.ts';

const run = promisify(execFile);
const script = fileURLToPath(new URL('../read-back.py', import.meta.url));

/** Names that the expectations hold. */
const owner = { project: 'conf', stage: 'readback' } as const;

export function checkReadBack(aws: Aws, kind: string, sample: Sample, declare: Declare): void {
  declare("stands in AWS's own terms, read by boto3", async () => {
    const stand = new Stand(aws, owner);
    try {
      await stand.bringAll(sample.parents(stand.place));
      const node = sample.node(stand.place);
      const { physicalId } = await stand.bring(node);
      const where = JSON.stringify({ name: node.name, physicalId });
      const args = [script, aws.endpoint ?? '', aws.region, kind, where];
      const { stdout } = await run(process.env['EMULATOR_PYTHON'] ?? 'python3', args);
      expect(JSON.parse(stdout)).toMatchObject(expectation(kind, aws.account, String(stand.props(node)['apiId'])));
    } finally {
      await stand.clear();
    }
  });
}

function expectation(kind: string, account: string, apiId: string): Record<string, unknown> {
  const text = readFileSync(new URL(`../expectations/${kind}.json`, import.meta.url), 'utf8');
  return JSON.parse(text.replaceAll('{account}', account).replaceAll('{apiId}', apiId));
}
