// Requests signed as AWS's own SDK signs them, for what API Gateway protects by IAM.

import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';

export interface Signing {
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  readonly sessionToken?: string;
  readonly region?: string;
  readonly service?: string;
  /** When it is signed; default now. */
  readonly at?: Date;
}

/** SHA-256 of Node, as the signer asks for it. */
class Sha256 {
  readonly #hash: Hash | Hmac;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(secret));
  }

  update(part: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(bytesOf(part));
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {}
}

function bytesOf(part: string | ArrayBuffer | ArrayBufferView): Buffer {
  if (typeof part === 'string') return Buffer.from(part);
  return ArrayBuffer.isView(part) ? Buffer.from(part.buffer, part.byteOffset, part.byteLength) : Buffer.from(part);
}

/** The headers of the signed request, its own among them. */
export async function signedHeaders(url: string, signing: Signing = {}): Promise<Record<string, string>> {
  const { headers } = await signerOf(signing).sign(requestOf(url, signing), dated(signing));
  const { host: _set_by_the_client, ...rest } = headers;
  return rest;
}

/** The address with the signature in its query. */
export async function presigned(url: string, signing: Signing & { readonly expiresIn?: number } = {}): Promise<string> {
  const options = { expiresIn: signing.expiresIn ?? 300, ...dated(signing) };
  const { query = {} } = await signerOf(signing).presign(requestOf(url, signing), options);
  const address = new URL(url);
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, String(value));
  return address.href;
}

const dated = ({ at }: Signing): { signingDate?: Date } => (at === undefined ? {} : { signingDate: at });

function signerOf(signing: Signing): SignatureV4 {
  return new SignatureV4({
    service: signing.service ?? 'execute-api',
    region: signing.region ?? 'eu-west-1',
    sha256: Sha256,
    credentials: {
      accessKeyId: signing.accessKeyId ?? 'AKIAAPIGENLOCAL00000',
      secretAccessKey: signing.secretAccessKey ?? 'apigen-local-secret-good-on-this-machine-only',
      ...(signing.sessionToken !== undefined && { sessionToken: signing.sessionToken }),
    },
  });
}

function requestOf(url: string, { method = 'GET', body = '', headers = {} }: Signing) {
  const { protocol, hostname, port, host, pathname, searchParams } = new URL(url);
  return {
    method,
    protocol,
    hostname,
    port: Number(port),
    path: pathname,
    query: Object.fromEntries(searchParams),
    headers: { ...headers, host },
    body,
  };
}
