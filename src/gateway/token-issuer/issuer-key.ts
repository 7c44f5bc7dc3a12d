// The local issuer's key pair, kept in one file that only its owner may read. Two processes that start at once
// (`apigen dev` and `apigen dev token`) end up with the same key.

import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import { ApigenError } from '../../errors.ts';

export interface IssuerKey {
  readonly keyId: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  /** As published in the JWKS. */
  readonly publicJwk: JWK;
}

const FILE = 'issuer-key.json';

/**
 * Reads the key in `folder`, or makes one there.
 * @throws ApigenError `TOKEN_KEY_BROKEN` when the file holds no RSA private key, `TOKEN_KEY_UNWRITABLE`.
 */
export async function openIssuerKey(folder: string): Promise<IssuerKey> {
  const file = join(folder, FILE);
  const text = (await readIfThere(file)) ?? (await create(folder, file));
  try {
    const jwk = JSON.parse(text) as JWK;
    const { kty, n, e } = jwk;
    if (kty !== 'RSA' || typeof jwk.d !== 'string' || typeof n !== 'string' || typeof e !== 'string') {
      throw new Error('it is no RSA private key');
    }
    const keyId = await calculateJwkThumbprint({ kty, n, e });
    const [privateKey, publicKey] = await Promise.all([importJWK(jwk, 'RS256'), importJWK({ kty, n, e }, 'RS256')]);
    if (privateKey instanceof Uint8Array || publicKey instanceof Uint8Array) throw new Error('it is no RSA key');
    return { keyId, privateKey, publicKey, publicJwk: { kty, n, e, kid: keyId, alg: 'RS256', use: 'sig' } };
  } catch (cause) {
    throw new ApigenError({
      code: 'TOKEN_KEY_BROKEN',
      summary: `Cannot use the token key ${file}`,
      detail: cause instanceof Error ? cause.message : String(cause),
      hint: `rm ${file}    (a new key is made; tokens minted so far stop working)`,
      cause,
    });
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unusable(file, cause);
  }
}

// Written aside and linked into place: a reader never sees half a key, and of two writers the first one wins.
async function create(folder: string, file: string): Promise<string> {
  const pair = await generateKeyPair('RS256', { extractable: true });
  const text = `${JSON.stringify(await exportJWK(pair.privateKey), null, 2)}\n`;
  const aside = join(folder, `.${FILE}.${randomUUID()}`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(aside, text, { mode: 0o600, flag: 'wx' });
    try {
      await link(aside, file);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    } finally {
      await unlink(aside);
    }
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw unusable(file, cause);
  }
}

function unusable(file: string, cause: unknown): ApigenError {
  return new ApigenError({
    code: 'TOKEN_KEY_UNWRITABLE',
    summary: `Cannot keep the token key in ${file}`,
    detail: cause instanceof Error ? cause.message : String(cause),
    hint: 'make the folder writable',
    cause,
  });
}
