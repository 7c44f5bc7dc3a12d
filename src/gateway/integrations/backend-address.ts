// The address of a backend, taken apart without being rewritten: path and query leave as they were written.

import { encodeComponent } from '../query-string.ts';

export interface BackendAddress {
  readonly secure: boolean;
  readonly hostname: string;
  readonly port: string | number;
  /** Host and port as written, for the Host header. */
  readonly authority: string;
  /** The request line's: path and query. */
  readonly target: string;
}

/** Nothing where the text is no `http:` or `https:` address. */
export function readAddress(uri: string): BackendAddress | undefined {
  const [, scheme, withUser, rest] = /^(https?):\/\/([^/?#]+)([^#]*)/i.exec(uri) ?? [];
  if (scheme === undefined || withUser === undefined) return undefined;
  const authority = withUser.replace(/^[^@]*@/, '');
  const [, hostname, port] = /^(\[[^\]]+\]|[^:\s]+)(?::(\d+))?$/.exec(authority) ?? [];
  if (hostname === undefined) return undefined;
  const secure = scheme.toLowerCase() === 'https';
  return {
    secure,
    hostname: hostname.replace(/^\[|\]$/g, ''),
    port: port ?? (secure ? 443 : 80),
    authority,
    target: requestTarget(rest ?? ''),
  };
}

// What node refuses in a request line is escaped; everything else goes out as it came.
function requestTarget(rest: string): string {
  const target = rest.startsWith('/') ? rest : `/${rest}`;
  return target.replace(/[^\u0021-\u007e]+/g, encodeComponent);
}
