// A project whose functions each use one thing of AWS in all the ways they are allowed to, through a recording proxy.

/** @param endpoint where the functions' calls of AWS go */
export function frugal(endpoint: string): Record<string, string> {
  return {
    'apigen.yml': `name: frugal
region: eu-west-1
defaults: { function: { environment: { AWS_ENDPOINT_URL: "${endpoint}" } } }
models: { Note: src/note.ts }
topics: { signals: {} }
queues: { jobs: {} }
functions:
  reader: src/reader.handler
  writer: { handler: src/writer.handler, access: { Note: write } }
  scanner: { handler: src/scanner.handler, access: { Note: scan } }
  sender: { handler: src/sender.handler, access: { signals: publish, jobs: send } }
  talker: { handler: src/talker.handler, access: { chat: manage } }
  keeper: { handler: src/chat.handler, secrets: { STRIPE: "ssm:/frugal/stripe", DB: "secret:frugal/db" } }
apis:
  partner:
    type: rest
    auth: none
    routes:
      GET /notes/{id}: { dynamodb: { get: Note, key: { id: $request.path.id } } }
      POST /signals: { sns: { topic: signals, message: $request.body } }
      POST /jobs: { sqs: { queue: jobs, message: $request.body } }
  chat:
    type: websocket
    select: $request.body.action
    routes:
      $connect: { handler: src/chat.handler, auth: none }
`,
    'src/note.ts': `import dynamoose from 'dynamoose';
export const Note = dynamoose.model('Note', new dynamoose.Schema({
  id: { type: String, hashKey: true },
  owner: { type: String, index: { name: 'byOwner', type: 'global' } },
}));
`,
    'src/reader.ts': `import dynamoose from 'dynamoose';
import { Note } from './note.ts';
export const handler = async () => {
  await Note.get('1');
  await Note.batchGet(['1', '2']);
  await Note.query('id').eq('1').exec();
  await Note.query('owner').eq('ann').using('byOwner').exec();
  await dynamoose.transaction([Note.transaction.get('1')], { type: 'get' });
};
`,
    'src/writer.ts': `import dynamoose from 'dynamoose';
import { Note } from './note.ts';
export const handler = async () => {
  await Note.get('1');
  await Note.query('id').eq('1').exec();
  await Note.create({ id: '1', owner: 'ann' }, { overwrite: true });
  await Note.batchPut([{ id: '2', owner: 'bob' }]);
  await Note.update({ id: '1' }, { owner: 'eve' });
  await dynamoose.transaction([Note.transaction.create({ id: String(Date.now()), owner: 'x' }), Note.transaction.delete('2')]);
  await Note.delete('3');
};
`,
    'src/scanner.ts': `import { Note } from './note.ts';
export const handler = async () => {
  await Note.get('1');
  await Note.query('id').eq('1').exec();
  await Note.scan().exec();
};
`,
    'src/sender.ts': `import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
const at = { endpoint: process.env.AWS_ENDPOINT_URL };
export const handler = async () => {
  await new SNSClient(at).send(new PublishCommand({ TopicArn: process.env.SIGNALS_TOPIC_ARN, Message: 'hello' }));
  await new SQSClient({ ...at, useQueueUrlAsEndpoint: false }).send(new SendMessageCommand({ QueueUrl: process.env.JOBS_QUEUE_URL, MessageBody: 'hello' }));
};
`,
    // Nobody is connected: the call needs its permission all the same.
    'src/talker.ts': `export const handler = async () => {
  const { pathname } = new URL(process.env.CHAT_ENDPOINT);
  await fetch(process.env.AWS_ENDPOINT_URL + pathname + '/@connections/abc', { method: 'POST', body: 'hello' });
};
`,
    'src/chat.ts': `export const handler = async () => ({ statusCode: 200 });\n`,
  };
}
