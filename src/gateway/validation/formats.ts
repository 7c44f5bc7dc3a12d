// The formats that the validator of API Gateway's words knows for draft 4; any other format says nothing.
import { isIPv4, isIPv6 } from 'node:net';

const LABEL = '[a-zA-Z0-9](?:[a-zA-Z0-9_-]*[a-zA-Z0-9])?';
const HOST_NAME = new RegExp(`^${LABEL}(?:\\.${LABEL})*\\.?$`);
const EMAIL =
  /^\s*(?:[^<>]*<)?(?:"(?:[^"\\]|\\.)*"|[!#-'*+./0-9=?A-Z^-~-]+)@(?:\[[^\]]*\]|[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)*)>?\s*$/;
const DATE_TIME = /^(\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,3})?(?:Z|[+-]\d{2}(?::?\d{2})?)$/i;
const UUID = /^[0-9a-f]{1,8}(?:-[0-9a-f]{1,4}){3}-[0-9a-f]{1,12}$/i;
const URI = /^(?:[a-zA-Z][a-zA-Z0-9+.-]*:(?!\/\/$)|(?![^/?#]*:))(?:%[0-9a-fA-F]{2}|[^\s%<>"{}|\\^`])*$/;

interface Format {
  readonly accepts: (text: string) => boolean;
  /** What is said of a text that is none. */
  readonly words: (quoted: string) => string;
}

const isNo = (what: string) => (quoted: string) => `string ${quoted} is not a valid ${what}`;

export const FORMATS: ReadonlyMap<string, Format> = new Map<string, Format>([
  ['email', { accepts: (text) => EMAIL.test(text), words: isNo('email address') }],
  ['hostname', { accepts: isHostName, words: isNo('hostname') }],
  ['ipv4', { accepts: isIPv4, words: isNo('IPv4 address') }],
  ['ipv6', { accepts: (text) => isIPv6(text) && !/[.%]/.test(text), words: isNo('IPv6 address') }],
  ['uri', { accepts: (text) => URI.test(text), words: isNo('URI') }],
  ['regex', { accepts: isRegex, words: isNo('ECMA 262 regular expression') }],
  ['uuid', { accepts: (text) => UUID.test(text), words: (quoted) => `input ${isNo('UUID')(quoted)}` }],
  [
    'date-time',
    {
      accepts: isDateTime,
      words: (quoted) =>
        `string ${quoted} is invalid against requested date format(s) [yyyy-MM-dd'T'HH:mm:ssZ, yyyy-MM-dd'T'HH:mm:ss.SSSZ]`,
    },
  ],
]);

function isHostName(text: string): boolean {
  return HOST_NAME.test(text) && !/\.\d[^.]*$/.test(text);
}

/** A day that its month has not is none. */
function isDateTime(text: string): boolean {
  const day = DATE_TIME.exec(text)?.[1];
  if (day === undefined) return false;
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}

function isRegex(text: string): boolean {
  try {
    new RegExp(text);
    return !/\(\?(?![:=!])/.test(text);
  } catch {
    return false;
  }
}
