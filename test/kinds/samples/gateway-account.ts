import { gatewayAccountInputs } from '../../../src/kinds/gateway-account.ts';
import type { Sample } from './sample.ts';

export const gatewayAccountSample: Sample = {
  inputs: gatewayAccountInputs,
  parents: () => [],
  node: (place) => ({
    id: 'gateway-account',
    kind: 'gateway-account',
    name: place.region,
    props: { logsRole: true },
    dependsOn: [],
  }),
  variations: () => ({}),
};
