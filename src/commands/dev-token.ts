// `apigen dev token`: a token that `apigen dev` takes for one of the API's own issuers, so that a protected route can
// be tried at once. Nothing but this machine trusts it.

import type { Command } from '../cli/command.ts';
import { UsageError } from '../errors.ts';
import { issuerFolder } from '../flows/dev/local-account.ts';
import { tokenTarget } from '../flows/dev/token-target.ts';
import { openTokenIssuer } from '../gateway/token-issuer/token-issuer.ts';
import { loadProject } from '../project/load-project.ts';
import { list, text } from './aws-options.ts';

/** Where dev publishes the key, for a project that names no issuer. */
const LOCAL_ISSUER = 'http://127.0.0.1:3000';

export const devToken: Command = {
  name: 'dev token',
  summary: 'mint a token that the local API takes',
  description:
    'Prints a JWT signed by the key that `apigen dev` of this project trusts, with the issuer and the audience of the ' +
    'authorizer it is for: a Cognito ID token, or with --scope an access token, where that is a user pool.',
  options: [
    { flags: '--sub <subject>', summary: 'who it is for', default: 'local' },
    { flags: '--auth <name>', summary: 'the authorizer of apigen.yml it is for; default the only one' },
    { flags: '--scope <scope>', summary: 'a scope it carries', repeatable: true },
    { flags: '--audience <audience>', summary: 'another aud', repeatable: true },
    { flags: '--issuer <url>', summary: 'another iss' },
    { flags: '--expires-in <seconds>', summary: 'until it expires; negative: it has', default: '3600' },
    { flags: '--claim <name=value>', summary: 'a further claim; JSON where it is JSON', repeatable: true },
    { flags: '-s, --stage <name>', summary: 'the stage; default dev' },
  ],
  examples: [
    'apigen dev token --sub me --scope products/write',
    'apigen dev token --auth customers --expires-in -60',
    'curl -H "Authorization: Bearer $(apigen dev token --sub me)" http://127.0.0.1:3000/products',
  ],
  async run(input, { cwd, env, ui }) {
    const project = await loadProject({ cwd, env, stage: text(input, 'stage') });
    const subject = text(input, 'sub') ?? '';
    const scopes = list(input, 'scope');
    const [name, ownIssuer, ownAudience] = [text(input, 'auth'), text(input, 'issuer'), list(input, 'audience')];
    if (ownIssuer !== undefined && !URL.canParse(ownIssuer)) throw noIssuer(ownIssuer);
    // Who says the issuer means no authorizer in particular.
    const wanted = name !== undefined || ownIssuer === undefined;
    const target = wanted ? tokenTarget(project, name, { subject, scopes }) : undefined;
    const issuer = ownIssuer ?? target?.issuer ?? LOCAL_ISSUER;
    const tokens = await openTokenIssuer({ folder: issuerFolder(project.root), issuer });
    const expiresInSeconds = Number(text(input, 'expiresIn') || Number.NaN);
    const token = await tokens.mint({
      subject,
      scopes,
      audience: ownAudience.length > 0 ? ownAudience : (target?.audience ?? []),
      expiresInSeconds,
      claims: { ...target?.claims, ...Object.fromEntries(list(input, 'claim').map((claim) => claimOf(claim))) },
    });
    ui.result({ token, expiresInSeconds }, () => token);
    return 0;
  },
};

function noIssuer(value: string): UsageError {
  return new UsageError({
    code: 'INVALID_ISSUER',
    summary: `${JSON.stringify(value)} is no issuer`,
    detail: 'An issuer is a URL.',
    hint: 'apigen dev token --issuer https://idp.example.com/',
  });
}

function claimOf(claim: string): readonly [string, unknown] {
  const at = claim.indexOf('=');
  if (at < 1) {
    throw new UsageError({
      code: 'INVALID_CLAIM',
      summary: `Not a claim: ${JSON.stringify(claim)}`,
      detail: 'A claim is a name, = and a value.',
      hint: 'apigen dev token --claim role=admin',
    });
  }
  const value = claim.slice(at + 1);
  try {
    return [claim.slice(0, at), JSON.parse(value)];
  } catch {
    return [claim.slice(0, at), value];
  }
}
