import { describe, expect, it } from '@jest/globals';
import { Intake, type TapState } from '../../../src/gateway/websocket/intake.ts';
import { WEBSOCKET_LIMITS } from '../../../src/gateway/websocket/limits.ts';

const limits = { ...WEBSOCKET_LIMITS, messagesInHand: 2, allBytesInHand: 100 };

interface TestTap {
  readonly state: TapState;
  paused: boolean;
  congested: boolean;
}

function tapOf(intake: Intake): TestTap {
  const tap: TestTap = {
    paused: false,
    congested: false,
    state: intake.open({
      pause: () => {
        tap.paused = true;
      },
      resume: () => {
        tap.paused = false;
      },
      congested: () => tap.congested,
    }),
  };
  return tap;
}

describe('what clients have in hand', () => {
  it('is bounded per client', () => {
    const tap = tapOf(new Intake(limits));
    const first = tap.state.begin(1);
    expect(tap.paused).toBe(false);
    const second = tap.state.begin(1);
    expect(tap.paused).toBe(true);
    first();
    expect(tap.paused).toBe(false);
    second();
  });

  it('is bounded for all of them, and everybody reads on in the end', () => {
    const intake = new Intake(limits);
    const taps = Array.from({ length: 20 }, () => tapOf(intake));
    const done = taps.map((tap) => tap.state.begin(10));
    expect(taps.map((tap) => tap.paused)).toEqual([...Array(9).fill(false), ...Array(11).fill(true)]);
    for (const finish of done) finish();
    expect(taps.filter((tap) => tap.paused)).toEqual([]);
  });

  it('grows no more for a client that does not read its answers', () => {
    const tap = tapOf(new Intake(limits));
    tap.congested = true;
    const done = tap.state.begin(1);
    expect(tap.paused).toBe(true);
    done();
    expect(tap.paused).toBe(true);
    tap.congested = false;
    tap.state.reconsider();
    expect(tap.paused).toBe(false);
  });

  it('leaves out a client that has gone', () => {
    const intake = new Intake(limits);
    const [busy, gone] = [tapOf(intake), tapOf(intake)];
    const done = busy.state.begin(100);
    const late = gone.state.begin(1);
    gone.state.end();
    late();
    done();
    expect(gone.paused).toBe(true);
    expect(busy.paused).toBe(false);
  });
});
