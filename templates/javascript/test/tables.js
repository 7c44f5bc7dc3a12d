// The tables of all models for a test, as `apigen tables serve` has them: empty, in memory, gone with the test.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { after, before } from 'node:test';
import dynamoose from 'dynamoose';

/** Serves them while the tests of a file run. It starts `apigen` from PATH, or what the variable APIGEN names. */
export function useTables() {
  let tables;
  before(async () => {
    const apigen = process.env.APIGEN ?? 'apigen';
    const stdio = ['pipe', 'pipe', 'inherit'];
    const shell = process.platform === 'win32';
    const started = spawn(apigen, ['tables', 'serve', '--json', '--until-eof'], { stdio, shell });
    tables = started;
    const failed = new Promise((_resolve, reject) => {
      started.once('error', (cause) =>
        reject(new Error(`Cannot start ${apigen}: npm install -D @apigen/cli, or name it in APIGEN`, { cause })),
      );
      started.once('exit', (code) => reject(new Error(`apigen tables serve ended with ${code}`)));
    });
    failed.catch(() => {});
    const [line] = await Promise.race([once(createInterface(started.stdout), 'line'), failed]);
    const { endpoint, prefix } = JSON.parse(String(line));
    const credentials = { accessKeyId: 'none', secretAccessKey: 'none' };
    dynamoose.aws.ddb.set(new dynamoose.aws.ddb.DynamoDB({ endpoint, region: 'local', credentials }));
    dynamoose.Table.defaults.set({ create: false, waitForActive: false, prefix });
  });
  after(() => tables?.stdin?.end());
}
