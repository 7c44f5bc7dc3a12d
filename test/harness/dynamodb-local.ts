// DynamoDB Local for the larger test run: fetched once into .cache by Maven, started on a free port, ended with the
// process that asked for it, whatever becomes of that. Needs Java 17 and Maven.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../src/flows/local/free-port.ts';

export interface DynamodbLocal {
  /** `http://127.0.0.1:40123` */
  readonly endpoint: string;
  stop(): Promise<void>;
}

const VERSION = '2.6.1';
const cache = fileURLToPath(new URL('../../.cache/', import.meta.url));
const READY_WITHIN_MS = 60_000;

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId><artifactId>dynamodb-local</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>com.amazonaws</groupId><artifactId>DynamoDBLocal</artifactId><version>${VERSION}</version></dependency>
  </dependencies>
</project>
`;

// Java does not notice that its parent is gone; this shell does, by the end of its own stdin.
const KEEPER = 'exec 3<&0; "$@" 3<&- & java=$!; (cat <&3 >/dev/null; kill $java 2>/dev/null) & wait $java';

export async function startDynamodbLocal(): Promise<DynamodbLocal> {
  const library = await installed();
  const port = await freePort();
  const child = spawn(
    'sh',
    [
      ...['-c', KEEPER, 'keeper', 'java', '-Xmx256m', `-Djava.library.path=${library}`, '-cp', join(library, '*')],
      ...['com.amazonaws.services.dynamodbv2.local.main.ServerRunner', '-inMemory', '-port', String(port)],
    ],
    { stdio: ['pipe', 'ignore', 'pipe'] },
  );
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log = (log + text).slice(-4_000);
  });
  const exited = once(child, 'exit');
  const endpoint = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!(await answers(endpoint))) {
    if (child.exitCode !== null) throw new Error(`DynamoDB Local ended at once (it needs Java 17):\n${log}`);
    if (Date.now() > deadline) throw new Error(`DynamoDB Local does not answer on ${endpoint}:\n${log}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    endpoint,
    async stop() {
      child.stdin.end();
      await exited;
    },
  };
}

/** Any answer will do: it refuses unsigned requests with 400. */
const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    async (response) => (await response.text()).length >= 0,
    () => false,
  );

/** The folder of its jars and native libraries. */
async function installed(): Promise<string> {
  const folder = join(cache, `dynamodb-local-${VERSION}`);
  const library = join(folder, 'lib');
  if (existsSync(library)) return library;
  process.stderr.write(`Fetching DynamoDB Local ${VERSION} from Maven Central into .cache, once (51 MB)\n`);
  await mkdir(cache, { recursive: true });
  const staging = await mkdtemp(join(cache, 'dynamodb-local-'));
  try {
    await writeFile(join(staging, 'pom.xml'), POM);
    const maven = spawn('mvn', ['-q', '-B', 'dependency:copy-dependencies', '-DoutputDirectory=lib'], {
      cwd: staging,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const [code] = await once(maven, 'exit');
    if (code !== 0) throw new Error(`Maven could not fetch DynamoDB Local (exit ${String(code)})`);
    await rename(staging, folder);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  return library;
}
