// Secrets are fetched when a function starts, before its handler's module is loaded, and put into its environment:
// neither the zip nor Lambda's settings ever hold them. The entry awaits this module, which makes the bundle an ES
// module; the SDK is the runtime's own, reached by `require`, which knows the runtime's folder.

import type { Plugin } from 'esbuild';
import type { SecretReference } from '../project/project.ts';

/** The environment variable that holds the references: JSON, by the name of the variable that gets the value. */
export const SECRETS_VARIABLE = 'APIGEN_SECRETS';

const NAMESPACE = 'apigen-secrets';
/** What an entry imports. */
export const SECRETS_MODULE = `${NAMESPACE}:fetch`;

/** `{ "DB_PASSWORD": "ssm:/shop/db" }`, the form that the fetching code reads. */
export const secretsVariable = (secrets: Readonly<Record<string, SecretReference>>): string =>
  JSON.stringify(
    Object.fromEntries(
      Object.entries(secrets).map(([variable, { store, name, key }]) => [
        variable,
        { store, name, ...(key && { key }) },
      ]),
    ),
  );

const FETCH = `
const references = JSON.parse(process.env.${SECRETS_VARIABLE} || '{}');
const texts = new Map();
const clients = {
  ssm() {
    const { SSMClient, GetParameterCommand } = require('@aws-sdk/client-ssm');
    const client = new SSMClient({});
    return async (Name) => {
      const { Parameter } = await client.send(new GetParameterCommand({ Name, WithDecryption: true }));
      return Parameter.Value;
    };
  },
  secretsmanager() {
    const { SecretsManagerClient, GetSecretValueCommand } = require('@aws-sdk/client-secrets-manager');
    const client = new SecretsManagerClient({});
    return async (SecretId) => (await client.send(new GetSecretValueCommand({ SecretId }))).SecretString;
  },
};
const opened = {};
const textOf = ({ store, name }) => {
  const id = store + ':' + name;
  opened[store] = opened[store] || clients[store]();
  if (!texts.has(id)) texts.set(id, opened[store](name));
  return texts.get(id);
};
const valueOf = (text, { key }) => {
  if (key === undefined) return text;
  const value = JSON.parse(text)[key];
  if (value === undefined) throw new Error('the secret has no key ' + key);
  return typeof value === 'string' ? value : JSON.stringify(value);
};
export const fetchSecrets = () =>
  Promise.all(
    Object.entries(references).map(async ([variable, reference]) => {
      try {
        process.env[variable] = valueOf(await textOf(reference), reference);
      } catch (error) {
        // A SyntaxError would quote the secret.
        const why = error instanceof SyntaxError ? 'it is no JSON' : error.name + ': ' + error.message;
        throw new Error('The secret ' + variable + ' (' + reference.store + ':' + reference.name + ') cannot be read: ' + why);
      }
    }),
  );
`;

/** An esbuild plugin that serves {@link SECRETS_MODULE}. */
export function secretsPrelude(): Plugin {
  return {
    name: 'apigen-secrets-prelude',
    setup(build) {
      build.onResolve({ filter: new RegExp(`^${SECRETS_MODULE}$`) }, () => ({ path: 'fetch', namespace: NAMESPACE }));
      build.onResolve({ filter: /^@aws-sdk\//, namespace: NAMESPACE }, ({ path }) => ({ path, external: true }));
      build.onLoad({ filter: /.*/, namespace: NAMESPACE }, () => ({ contents: FETCH, loader: 'js' }));
    },
  };
}
