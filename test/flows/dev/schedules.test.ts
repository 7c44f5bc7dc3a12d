// Schedules of a project under dev: listed with the time of their next call.

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DevHarness, underDev } from './dev-harness.ts';

const yml = `name: shop
region: eu-west-1
functions:
  report:
    handler: src/report.handler
    on:
      - { schedule: cron(0 3 * * ? *), name: nightly }
      - { schedule: rate(5 minutes), enabled: false }
      - { schedule: cron(0 12 ? * FRI-SUN *) }
apis:
  public:
    type: http
    auth: none
    routes: { GET /: src/report.handler }
`;

describe('schedules under dev', () => {
  let dev: DevHarness;
  beforeAll(async () => {
    dev = await underDev({
      'apigen.yml': yml,
      'src/report.ts': 'export const handler = async (event) => console.log(JSON.stringify(event));',
    });
  });
  afterAll(() => dev.close());

  it('are listed with the time of their next call, or why there is none', () => {
    const [nightly, ...others] = dev.session.triggers();
    expect(nightly).toEqual({
      source: 'schedule',
      name: 'cron(0 3 * * ? *)',
      function: 'report',
      next: expect.stringMatching(/^\d{4}-\d\d-\d\dT03:00:00\.000Z$/),
    });
    const inMs = new Date(nightly?.next ?? '').getTime() - Date.now();
    expect(inMs).toBeGreaterThan(0);
    expect(inMs).toBeLessThanOrEqual(24 * 3_600_000);
    expect(others.map(({ off }) => off)).toEqual(['not enabled', 'not understood here']);
  });

  it('call their function at once when that is asked for, with the time of now', async () => {
    const begun = Math.floor(Date.now() / 1000) * 1000;
    dev.session.fireSchedules();
    const told = () => dev.events.find((event) => event.type === 'delivery');
    while (told() === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(told()).toMatchObject({
      source: 'schedule',
      name: 'cron(0 3 * * ? *)',
      function: 'report',
      outcome: 'done',
    });
    const printed = dev.events.flatMap((event) => (event.type === 'output' ? [event.text] : [])).join('');
    const { time, resources } = JSON.parse(printed);
    expect(new Date(time).getTime()).toBeGreaterThanOrEqual(begun);
    expect(resources).toEqual(['arn:aws:events:eu-west-1:000000000000:rule/shop-dev-report-nightly']);
  });
});
