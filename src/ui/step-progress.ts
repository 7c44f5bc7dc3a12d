// The engine's steps on the screen: what is under way in one moving line, what is done above it.

import type { Reporter, StepEvent } from '../engine/reporter.ts';
import { seconds } from './seconds.ts';
import type { Ui } from './ui.ts';

const doing: Readonly<Record<StepEvent['verb'], string>> = {
  read: 'reading',
  create: 'creating',
  update: 'updating',
  replace: 'replacing',
  move: 'moving traffic to',
  narrow: 'narrowing',
  delete: 'deleting',
  retire: 'retiring',
  prune: 'tidying',
};

const done: Readonly<Record<StepEvent['verb'], string>> = {
  read: 'read',
  create: 'created',
  update: 'updated',
  replace: 'replaced',
  move: 'moved',
  narrow: 'narrowed',
  delete: 'deleted',
  retire: 'retired',
  prune: 'tidied',
};

export interface StepProgress extends Reporter {
  /** A reason to wait, shown until the next step ends: `waiting for API Gateway's quota`. */
  waiting(reason: string): void;
  stop(): void;
}

/** @param total steps expected, for `3/12` */
export function stepProgress(ui: Ui, total: number): StepProgress {
  const running = new Map<string, string>();
  const progress = ui.progress('Starting');
  let finished = 0;
  let reason = '';
  const show = (): void => {
    const [first, ...others] = running.values();
    const more = others.length > 0 ? ` and ${others.length} more` : '';
    const why = reason === '' ? '' : ` (${reason})`;
    progress.update(first === undefined ? `${finished}/${total}` : `${finished}/${total} ${first}${more}${why}`);
  };
  return {
    step(event) {
      const key = `${event.phase} ${event.node}`;
      const subject = `${event.title} ${event.name}`;
      if (event.type === 'start') running.set(key, `${doing[event.verb]} ${subject}`);
      else {
        running.delete(key);
        reason = '';
        finished += 1;
        const took = ui.style.dim(` ${seconds(event.ms ?? 0)}`);
        if (event.type === 'done') progress.log(`${ui.style.green('✓')} ${done[event.verb]} ${subject}${took}`);
        else progress.log(`${ui.style.red('✗')} ${doing[event.verb]} ${subject} failed${took}`);
      }
      show();
    },
    waiting(text) {
      reason = text;
      show();
    },
    stop: () => progress.stop(),
  };
}
