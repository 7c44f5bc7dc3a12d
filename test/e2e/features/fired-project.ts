// A project whose function is run by everything that can run one, and writes down what it saw.

export const firedProject = (name: string): Record<string, string> => ({
  'apigen.yml': `name: ${name}
region: eu-west-1
models: { Note: { file: src/note.ts, stream: new-image }, Seen: src/seen.ts }
topics: { signals: {} }
queues:
  dead: {}
  jobs: { visibilityTimeout: 5, deadLetter: { queue: dead, maxReceives: 1 } }
  copies: { subscribe: [{ topic: signals, filter: { kind: [copied] } }] }
  wrapped: { subscribe: [{ topic: signals, raw: false, filter: { kind: [wrapped] }, filterOn: body }] }
  broken: {}
functions:
  seer:
    handler: src/seer.handler
    timeout: 5
    access: { Seen: write }
    on:
      - { queue: jobs, batch: 5, concurrency: 2, reportFailures: true, filters: [{ body: { kind: [good, bad] } }] }
      - { topic: signals, filter: { kind: [seen] }, filterOn: attributes }
      - { stream: Note, from: trim-horizon, window: 1, parallel: 2, retries: 0, bisect: false, filters: [{ eventName: [INSERT] }], onFailure: broken }
      - { schedule: cron(0 3 * * ? *), name: nightly, enabled: false }
      - { schedule: rate(1 minute), name: tick, input: { tick: of the clock } }
apis: {}
`,
  'src/note.ts': model('Note'),
  'src/seen.ts': model('Seen'),
  'src/seer.ts': `import { Seen } from './seen.ts';
export const handler = async (event) => {
  if (event.tick) await Seen.create({ id: 'schedule: ' + event.tick }, { overwrite: true });
  const batchItemFailures = [];
  for (const record of event.Records ?? []) {
    const source = record.eventSource ?? record.EventSource;
    const text = record.body ?? record.Sns?.Message ?? record.dynamodb.NewImage.id.S;
    if (text.includes('bad')) batchItemFailures.push({ itemIdentifier: record.messageId });
    await Seen.create({ id: source + ': ' + text }, { overwrite: true });
  }
  return { batchItemFailures };
};
`,
});

function model(called: string): string {
  return `import dynamoose from 'dynamoose';
export const ${called} = dynamoose.model('${called}', new dynamoose.Schema({ id: { type: String, hashKey: true } }));
`;
}
