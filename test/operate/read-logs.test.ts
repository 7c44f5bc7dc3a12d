import { describe, expect, it } from '@jest/globals';
import type { Aws } from '../../src/aws/aws.ts';
import { readLogs } from '../../src/operate/read-logs.ts';

/** CloudWatch Logs with one line of each stream, named as Lambda names them. */
function logsOf(...streams: readonly string[]): Aws {
  const events = streams.map((logStreamName, at) => ({
    logStreamName,
    timestamp: at,
    message: logStreamName,
    eventId: `${at}`,
  }));
  return { logs: { send: async () => ({ events }) } } as unknown as Aws;
}

describe('log lines of one API version', () => {
  const aws = logsOf('2026/11/26/[1]aa', '2026/11/26/[2]bb', '2026/11/26/[12]cc', '2026/11/26/[$LATEST]dd');
  const read = async (versions?: ReadonlySet<string>) => {
    const lines = await readLogs(aws, [{ function: 'list', logGroup: '/aws/lambda/list', versions }], { since: 0 });
    return lines.map(({ message }) => message.slice(11));
  };

  it('are those of the Lambda versions that it served', async () => {
    expect(await read(new Set(['2']))).toEqual(['[2]bb']);
    expect(await read(new Set(['1', '12']))).toEqual(['[1]aa', '[12]cc']);
  });

  it('are none where it served none, and all where none is asked for', async () => {
    expect(await read(new Set())).toEqual([]);
    expect(await read()).toHaveLength(4);
  });
});
