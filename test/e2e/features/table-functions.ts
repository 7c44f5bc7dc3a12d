// Functions and what runs them.

import type { Feature } from './table.ts';

const SETTINGS = 'e2e/features/functions.ts: has a function with every setting of functions';
const ROLE =
  'e2e/features/functions.ts: bounds the role that it makes, which reads those secrets, stands in that network, and what is said besides';
const STARTED =
  'e2e/features/functions.ts: reads its secrets as it starts, and gets its own environment over that of all';
const FIRE = 'e2e/triggers-fire.aws.test.ts';
const TRIGGERS = 'e2e/triggers.aws.test.ts: are deployed, and then there is nothing to do';
const onBoth = (shown: string) => ({ ministack: shown, moto: shown });

export const functions: Readonly<Record<string, readonly Feature[]>> = {
  functions: [
    {
      feature: 'environment, that of all functions and its own',
      ministack: STARTED,
      moto: SETTINGS,
      refused: ['INVALID_ENVIRONMENT_NAME', 'ENVIRONMENT_TOO_LARGE'],
      docs: 'apigen-yml.md: Environment variables',
    },
    {
      feature: 'secrets of SSM and Secrets Manager',
      ministack: STARTED,
      moto: ROLE,
      refused: ['INVALID_SECRET'],
      docs: 'functions.md: ## Secrets',
    },
    {
      feature: 'memory, timeout, architecture, runtime, ephemeral storage',
      ...onBoth(SETTINGS),
      refused: ['TIMEOUT_OVER_LIMIT'],
      docs: 'apigen-yml.md: `ephemeralStorage`',
    },
    { feature: 'description', ...onBoth(SETTINGS), docs: 'apigen-yml.md: (AWS: Description)' },
    { feature: 'reserved concurrency', ...onBoth(SETTINGS), docs: 'apigen-yml.md: `reservedConcurrency`' },
    { feature: 'VPC', ministack: SETTINGS, moto: ROLE, docs: 'functions.md: With `vpc`' },
    {
      feature: 'a role that exists',
      ...onBoth('e2e/features/functions.ts: uses a role that exists, and makes none beside it'),
      docs: 'functions.md: With `role`',
    },
    {
      feature: 'permissions boundary, and more statements',
      ...onBoth(ROLE),
      docs: 'functions.md: `permissionsBoundary`',
    },
    { feature: 'retention of logs', ...onBoth(SETTINGS), docs: 'apigen-yml.md: `logRetention`' },
    {
      feature: 'build: minify, source maps, external packages, assets',
      ministack: STARTED,
      moto: { lacks: 'no functions are run' },
      docs: 'functions.md: ## The build',
    },
  ],
  triggers: [
    {
      feature: 'queue, with filter, batch and reported failures',
      ministack: `${FIRE}: is a message in a queue, if its filter lets it through`,
      moto: TRIGGERS,
      refused: ['UNKNOWN_QUEUE'],
      docs: 'functions.md: `queue: jobs`',
    },
    {
      feature: 'dead-letter queue',
      ministack: `${FIRE}: is a message that fails, alone of its batch, and then lies in the dead-letter queue`,
      moto: TRIGGERS,
      docs: 'apigen-yml.md: RedrivePolicy',
    },
    {
      feature: 'topic, with filter; queues that subscribe',
      ministack: `${FIRE}: is a publication, by its attributes; a queue that subscribes gets what is for it as it was said`,
      moto: TRIGGERS,
      docs: 'functions.md: `topic: signals`',
    },
    {
      feature: 'stream of a table',
      ministack: `${FIRE}: is a change of a table, from the oldest on; the rest of what is said of it stands in its mapping`,
      moto: TRIGGERS,
      docs: 'functions.md: `stream: Order`',
    },
    {
      feature: 'schedule, with input, or switched off',
      ministack: `${FIRE}: is a schedule, whose input is the event`,
      moto: TRIGGERS,
      refused: ['INVALID_SCHEDULE'],
      docs: 'functions.md: `schedule: rate(1 hour)`',
    },
  ],
};
