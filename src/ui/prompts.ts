// Questions to a person. They are asked only where somebody is there; elsewhere each becomes a usage error that
// names the flag to give instead: silence never means yes.

import { ApigenError, UsageError } from '../errors.ts';
import type { Streams } from './streams.ts';
import type { Ui } from './ui.ts';

export type Prompts = Pick<Ui, 'confirm' | 'confirmTyped' | 'ask' | 'choose'>;

/** For a pipe, CI or --json: every question fails and names its flag. */
export const noPrompts: Prompts = {
  confirm: (question, flag) => Promise.reject(nobodyToAsk(question, flag)),
  confirmTyped: (question, _word, flag) => Promise.reject(nobodyToAsk(question, flag)),
  ask: (question, { flag }) => Promise.reject(nobodyToAsk(question, flag)),
  choose: (question, _choices, { flag }) => Promise.reject(nobodyToAsk(question, flag)),
};

function nobodyToAsk(question: string, flag: string): UsageError {
  return new UsageError({
    code: 'NOT_INTERACTIVE',
    summary: `Nobody is there to answer: ${question}`,
    detail: 'Questions are asked on a terminal only, and never with --json or in CI.',
    hint: `give ${flag}`,
  });
}

type Question = Record<string, unknown> & { readonly type: 'confirm' | 'input' | 'select'; readonly message: string };

/**
 * inquirer's prompts, on stderr so that stdout holds results alone.
 *
 * @throws ApigenError INTERRUPTED (exit 130) on Ctrl-C or when `signal` aborts.
 */
export function terminalPrompts(streams: Streams, signal: AbortSignal): Prompts {
  async function prompt<T>(question: Question): Promise<T> {
    const { default: inquirer } = await import('inquirer');
    const ask = inquirer.createPromptModule({ input: streams.stdin, output: streams.stderr, signal });
    try {
      const answers: { answer?: unknown } = await ask([{ ...question, name: 'answer' }]);
      return answers.answer as T;
    } catch (cause) {
      if (isLeaving(cause)) throw interrupted(cause);
      throw cause;
    }
  }
  return {
    confirm: (question) => prompt({ type: 'confirm', message: question, default: false }),
    async confirmTyped(question, word) {
      const typed = await prompt<string>({ type: 'input', message: `${question} Type ${word} to go on:` });
      return typed.trim() === word;
    },
    ask: (question, { default: fallback, validate }) =>
      prompt({
        type: 'input',
        message: question,
        ...(fallback === undefined ? {} : { default: fallback }),
        ...(validate === undefined ? {} : { validate }),
      }),
    choose: (question, choices, { default: fallback }) =>
      prompt({
        type: 'select',
        message: question,
        choices,
        ...(fallback === undefined ? {} : { default: fallback }),
      }),
  };
}

// inquirer's own names for Ctrl-C and for an aborted signal.
function isLeaving(error: unknown): boolean {
  return error instanceof Error && (error.name === 'ExitPromptError' || error.name === 'AbortPromptError');
}

/** What a person's Ctrl-C becomes: exit 130. */
export function interrupted(cause?: unknown): ApigenError {
  return new ApigenError({ code: 'INTERRUPTED', summary: 'Interrupted', exitCode: 130, cause });
}
