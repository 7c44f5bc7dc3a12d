// Rows of the table: several versions of an API at once, and releases that get a part of the traffic first.

import type { Feature } from './table.ts';

const moto =
  'e2e/versions.aws.test.ts: stand side by side with aliases of their own, weighed and promoted, and go with the stage';

export const versions: Readonly<Record<string, readonly Feature[]>> = {
  Versions: [
    {
      feature: '--api-version v2 beside v1, each with its own routes and alias',
      ministack: 'e2e/versions.aws.test.ts: deploys v2 beside v1: an API and aliases of its own, nothing of v1 touched',
      moto,
      docs: 'deploy.md: apigen deploy --api-version v2',
    },
    {
      feature: 'versions list',
      ministack: 'e2e/versions.aws.test.ts: lists both with their releases and addresses',
      moto,
      docs: 'deploy.md: apigen versions list',
    },
    {
      feature: 'versions remove',
      ministack:
        'e2e/versions.aws.test.ts: removes v1, which v2 survives, and hands the triggers to it with the next deploy',
      moto,
      docs: 'deploy.md: apigen versions remove',
    },
    {
      feature: 'versions below a custom domain',
      ministack:
        'e2e/examples.aws.test.ts: shifts a part of the requests, then serves two versions under one domain, and goes again',
      moto: { lacks: 'HTTP APIs have no stages there' },
      docs: 'deploy.md: Under a custom domain v1 stands',
    },
    {
      feature: 'several functions behind one API, each replaced without touching the others',
      ministack:
        'e2e/main-job.aws.test.ts: touches one function when one handler changed, and the next call is served by it',
      moto: { lacks: 'it runs no functions' },
      docs: 'deploy.md: Each request gets the old or the new',
    },
  ],
  Rollout: [
    {
      feature: 'deploy --canary',
      ministack: 'e2e/versions.aws.test.ts: gives a canary a share by weights alone, and no one anything else',
      moto,
      docs: 'deploy.md: apigen deploy --canary 10%',
    },
    {
      feature: 'promote',
      ministack: 'e2e/versions.aws.test.ts: is promoted, and then there is nothing to deploy and nothing to promote',
      moto,
      docs: 'deploy.md: apigen promote',
    },
    {
      feature: 'rollback of a canary',
      ministack: 'e2e/versions.aws.test.ts: takes another share, and is taken back by a rollback',
      moto: { lacks: 'the same calls as a promotion' },
      docs: 'deploy.md: or: apigen rollback',
    },
  ],
};
