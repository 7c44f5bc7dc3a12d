import { behaviourSuite } from './behaviour-suite.ts';

behaviourSuite('moto', async () => {
  const endpoint = process.env['MOTO_ENDPOINT'];
  if (endpoint === undefined) throw new Error('MOTO_ENDPOINT is set by test/harness/start-emulators.ts');
  return { endpoint, stop: async () => undefined };
});
