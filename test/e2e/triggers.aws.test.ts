import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCli } from '../harness/cli.ts';
import { type TemporaryProject, temporaryProject } from '../harness/temporary-project.ts';

const yml = (name: string, expression: string): string => `name: ${name}
region: eu-west-1
models:
  Note: src/models/note.ts
topics:
  signals: {}
queues:
  dead: {}
  jobs: { visibilityTimeout: 60, deadLetter: { queue: dead } }
  copies: { subscribe: [signals] }
functions:
  writer:
    handler: src/writer.handler
    tracing: true
    ephemeralStorage: 1024
    reservedConcurrency: 3
    access: { Note: write, signals: publish, jobs: send }
    on: [{ schedule: ${expression}, name: tick }]
  worker:
    handler: src/worker.handler
    access: { Note: write }
    on: [{ queue: jobs, batch: 1 }, { topic: signals }, { stream: Note }]
apis:
  public:
    type: ${name.endsWith('moto') ? 'rest' : 'http'}
    auth: none
    alarms: { notify: signals }
    routes:
      GET /write: src/writer.handler
`;

const files = (name: string): Record<string, string> => ({
  'apigen.yml': yml(name, 'rate(1 day)'),
  'src/models/note.ts': `import dynamoose from 'dynamoose';
export const Note = dynamoose.model('Note', new dynamoose.Schema({ id: { type: String, hashKey: true }, text: String }));
`,
  'src/writer.ts': `export const handler = async () => ({ topic: process.env.SIGNALS_TOPIC_ARN, queue: process.env.JOBS_QUEUE_URL });
`,
  'src/worker.ts': `import { Note } from './models/note.ts';
export const handler = async (event: { Records: Record<string, unknown>[] }) => {
  for (const record of event.Records) {
    const source = String(record.eventSource ?? record.EventSource);
    if (source !== 'aws:dynamodb') await Note.update({ id: source }, { text: JSON.stringify(record) });
  }
};
`,
});

for (const emulator of ['MINISTACK_ENDPOINT', 'MOTO_ENDPOINT'] as const) {
  describe(`topics, queues, triggers and alarms on ${emulator === 'MOTO_ENDPOINT' ? 'moto' : 'MiniStack'}`, () => {
    const name = emulator === 'MOTO_ENDPOINT' ? 'trig-moto' : 'trig-mini';
    let project: TemporaryProject;
    const apigen = async (...args: readonly string[]) => {
      const env = { AWS_ENDPOINT_URL: process.env[emulator], AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
      const { code, stdout, stderr } = await runCli([...args, '--json'], { cwd: project.root, env });
      return { code, json: JSON.parse(stdout || 'null'), stderr };
    };
    beforeAll(async () => {
      project = await temporaryProject(files(name));
    });
    afterAll(() => project.remove());

    it('are deployed, and then there is nothing to do', async () => {
      const first = await apigen('deploy', '--yes');
      expect([first.code, first.stderr]).toEqual([0, '']);
      const { json } = await apigen('plan');
      expect(json.changes).toEqual([]);
    });

    it('are named to the functions that may use them, and told apart by their kinds', async () => {
      const { json } = await apigen('status');
      const text = JSON.stringify(json);
      for (const node of [
        'topic:signals',
        'queue:jobs',
        'subscription:queue-copies/signals',
        'subscription:worker@v1/signals',
        'event-source:worker@v1/queue-jobs',
        'event-source:worker@v1/stream-Note',
        'schedule:writer@v1/tick',
        'alarm:public@v1/errors',
        'alarm:public@v1/latency',
      ]) {
        expect(text).toContain(node);
      }
    });

    it('take a change of one trigger alone', async () => {
      await project.write({ 'apigen.yml': yml(name, 'rate(2 days)') });
      const { json } = await apigen('deploy', '--yes');
      expect(json.plan.changes.map((change: { node: string }) => change.node)).toEqual(['schedule:writer@v1/tick']);
    });

    it('go with what they trigger', async () => {
      const { code, stderr } = await apigen('destroy', '--confirm', `${name}/dev`);
      expect([code, stderr]).toEqual([0, '']);
    });
  });
}
