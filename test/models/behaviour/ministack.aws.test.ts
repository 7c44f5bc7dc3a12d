import { behaviourSuite } from './behaviour-suite.ts';

behaviourSuite('ministack', async () => {
  const endpoint = process.env['MINISTACK_ENDPOINT'];
  if (endpoint === undefined) throw new Error('MINISTACK_ENDPOINT is set by test/harness/start-emulators.ts');
  return { endpoint, stop: async () => undefined };
});
