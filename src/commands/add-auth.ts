// `apigen add-auth`: an authorizer that routes can name.

import { dirname, relative } from 'node:path';
import type { Command, CommandInput } from '../cli/command.ts';
import { UsageError } from '../errors.ts';
import { addAuth } from '../flows/scaffold/add-auth.ts';
import { refreshTypes } from '../flows/types/refresh-types.ts';
import { refreshedLines } from './refreshed-types.ts';

export const addAuthCommand: Command = {
  name: 'add-auth',
  summary: 'add an authorizer: Cognito, JWT or a function',
  description:
    'Names an authorizer under auth: of apigen.yml, whose remarks and order stay as they are. With --lambda the handler ' +
    'is written where there is none; it refuses everybody until you fill it in.',
  arguments: [{ name: 'name', summary: 'how routes call it, as customers', required: true }],
  options: [
    { flags: '--cognito <user-pool>', summary: 'a user pool, by id or ARN (REST and HTTP APIs)' },
    { flags: '--client <id>', summary: "an app client of the pool (HTTP APIs need one's id)", repeatable: true },
    { flags: '--jwt <issuer>', summary: 'an issuer of JSON Web Tokens (HTTP APIs)' },
    { flags: '--audience <audience>', summary: 'what tokens must be meant for, with --jwt', repeatable: true },
    { flags: '--lambda <file.export>', summary: 'a function that decides, new or there (every type of API)' },
    { flags: '--identity <place>', summary: 'what identifies a caller, as header.Authorization', repeatable: true },
    { flags: '--ttl <seconds>', summary: "how long a function's answer is kept (default 300)" },
  ],
  examples: [
    'apigen add-auth customers --cognito eu-west-1_AbC123 --client 4example5id',
    'apigen add-auth clients --jwt https://idp.example.com/ --audience shop',
    'apigen add-auth legacy --lambda src/auth/legacy.handler --identity header.X-Token --ttl 60',
  ],
  async run(input, { cwd, env, ui }) {
    const added = await addAuth({ cwd, env, name: String(input.arguments['name']), entry: readEntry(input) });
    const { style } = ui;
    const root = dirname(added.file);
    const types = await refreshTypes(root);
    ui.result({ ...added, ...(types && { types }) }, () =>
      [
        `${style.green('✓')} Added the authorizer ${style.bold(added.name)}`,
        ...added.created.map((path) => `  ${style.green('+')} ${path}`),
        `  ${style.yellow('~')} ${relative(cwd, added.file)}`,
        ...refreshedLines(types, { root, cwd, style }),
        '',
        `A route that wants it: apigen add-route "GET /mine" --auth ${added.name}`,
      ].join('\n'),
    );
    return 0;
  },
};

function readEntry({ options }: CommandInput): Readonly<Record<string, unknown>> {
  const text = (key: string) => (typeof options[key] === 'string' ? options[key] : undefined);
  const list = (key: string) => (Array.isArray(options[key]) ? options[key].map(String) : []);
  const kinds = (['cognito', 'jwt', 'lambda'] as const).filter((kind) => text(kind) !== undefined);
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) {
    throw new UsageError({
      code: 'WHICH_AUTH',
      summary: kind === undefined ? 'What decides who may call?' : `--${kinds.join(' and --')} exclude each other`,
      hint: '--cognito USER_POOL, --jwt ISSUER --audience AUDIENCE, or --lambda src/auth/check.handler',
    });
  }
  const [clients, audience, identity, ttl] = [list('client'), list('audience'), list('identity'), text('ttl')];
  require(clients.length === 0 || kind === 'cognito', '--client', 'cognito');
  require(audience.length === 0 || kind === 'jwt', '--audience', 'jwt');
  require(ttl === undefined || kind === 'lambda', '--ttl', 'lambda');
  if (kind === 'jwt' && audience.length === 0) {
    throw new UsageError({
      code: 'MISSING_AUDIENCE',
      summary: '--jwt does not say what tokens must be meant for',
      hint: `--jwt ${text('jwt')} --audience YOUR_API`,
    });
  }
  const own = {
    cognito: { cognito: { userPool: text('cognito'), ...(clients.length > 0 && { clients }) } },
    jwt: { jwt: { issuer: text('jwt'), audience } },
    lambda: { lambda: text('lambda') },
  }[kind];
  return {
    ...own,
    ...(identity.length > 0 && { identity: identity.length === 1 ? identity[0] : identity }),
    ...(ttl !== undefined && { ttl: Number(ttl) }),
  };
}

function require(holds: boolean, flag: string, kind: string): void {
  if (holds) return;
  throw new UsageError({
    code: 'CONFLICTING_FLAGS',
    summary: `${flag} belongs to --${kind}`,
    hint: `leave out ${flag}, or use --${kind}`,
  });
}
