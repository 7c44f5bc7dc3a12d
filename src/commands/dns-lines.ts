// What the owner of a custom domain must do with it: shown by deploy, and by status whenever it is asked again.

import type { DomainTarget } from '../flows/converge/addresses.ts';

export const dnsLines = (domains: readonly DomainTarget[]): readonly string[] =>
  domains.length === 0
    ? []
    : ['', 'Point your DNS:', ...domains.map(({ domain, target }) => `  ${domain} → CNAME ${target}`)];
