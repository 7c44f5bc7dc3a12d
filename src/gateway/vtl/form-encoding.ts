// application/x-www-form-urlencoded as java.net.URLEncoder and URLDecoder do it, in UTF-8: a space is a plus.
import { JavaFailure } from './java-failure.ts';

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Letters, digits and `.-*_` stay. */
export const formEncode = (text: string): string => {
  const encoded = encodeURIComponent(text.replace(LONE_SURROGATE, '?'));
  return encoded
    .replaceAll('%20', '+')
    .replace(/[!'()~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
};

/** @throws JavaFailure on a percent sign without two hexadecimal digits. */
export const formDecode = (text: string): string => {
  const broken = /%(?![0-9a-fA-F]{2})/.exec(text);
  if (broken !== null) throw new JavaFailure(`IllegalArgumentException: illegal % escape at position ${broken.index}`);
  return text
    .replaceAll('+', ' ')
    .replace(/(?:%[0-9a-fA-F]{2})+/g, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'));
};
