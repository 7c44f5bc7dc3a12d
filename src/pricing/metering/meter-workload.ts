// A month's workload → every quantity that AWS bills for it. Quantities of nothing are dropped; services that the
// user left out are too.

import { METERS } from '../meters.ts';
import type { Workload } from '../workload.ts';
import { meterApis } from './meter-apis.ts';
import { meterFunctions } from './meter-functions.ts';
import { meterMessaging } from './meter-messaging.ts';
import { meterMonitoring } from './meter-monitoring.ts';
import { meterTables } from './meter-tables.ts';
import type { Metered } from './metered.ts';

export function meterWorkload(workload: Workload): Metered[] {
  const said = workload.other.map(({ meter, quantity }) => ({ meter, region: workload.region, quantity, owner: {} }));
  return [
    ...meterApis(workload),
    ...meterFunctions(workload),
    ...meterTables(workload),
    ...meterMonitoring(workload),
    ...meterMessaging(workload),
    ...said,
  ].filter(({ meter, quantity }) => quantity.gt(0) && !workload.excluded.includes(METERS[meter].service));
}
