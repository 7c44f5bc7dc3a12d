import { describe, expect, it } from '@jest/globals';
import { Chalk } from 'chalk';
import type { DevEvent } from '../../../src/flows/dev/dev-event.ts';
import { devLine } from '../../../src/flows/dev/dev-lines.ts';

const view = (level: 0 | 1) => ({ style: new Chalk({ level }), width: 80, cwd: '/' });
const printed = (text: string): DevEvent => ({
  type: 'output',
  function: 'a',
  route: 'GET /a',
  requestId: 'r1',
  stream: 'stdout',
  text,
});

describe('what a function prints', () => {
  it('keeps its colours, which end with their line', () => {
    expect(
      devLine(printed('\u001b[31mred\nplain\n'), view(1))
        .split('\n')
        .map((line) => line.split('│')[1]),
    ).toEqual([expect.stringContaining(' \u001b[31mred\u001b[0m'), expect.stringMatching(/ plain$/)]);
  });

  it('has none where none are wanted, and never moves the cursor', () => {
    expect(devLine(printed('\u001b[31mred\u001b[2J\u0007\r\u009b2J\ttab'), view(0))).toBe(
      'GET /a r1 │ red [2J   2J\ttab',
    );
  });
});

it('several broken things are named as several', () => {
  expect(devLine({ type: 'broken', what: 'handlers', problems: [] }, view(0))).toBe(
    '✗ handlers cannot run as their files stand',
  );
  expect(devLine({ type: 'healed', what: 'models' }, view(0))).toBe('✓ models are fine again');
  expect(devLine({ type: 'healed', what: 'apigen.yml' }, view(0))).toBe('✓ apigen.yml is fine again');
});
