// Two built functions: real zips, told apart by their hash as Lambda tells them.

import { createHash } from 'node:crypto';
import { deterministicZip } from '../../../src/build/deterministic-zip.ts';

const built = (answer: string): { readonly zip: Uint8Array; readonly codeSha256: string } => {
  const source = `export const handler = async () => ({ statusCode: 200, body: ${JSON.stringify(answer)} });\n`;
  const zip = deterministicZip({ 'index.mjs': Buffer.from(source) });
  return { zip, codeSha256: createHash('sha256').update(zip).digest('base64') };
};

export const oneBuild = built('one');
export const otherBuild = built('two');

/** The zip by its CodeSha256. */
export async function artifact(codeSha256: string): Promise<Uint8Array> {
  const found = [oneBuild, otherBuild].find((build) => build.codeSha256 === codeSha256);
  if (!found) throw new Error(`no build of hash ${codeSha256}`);
  return found.zip;
}
