// An error as a person reads it: what failed, why, what to do, and the code and request to look up. No error hides
// another, and a stack is shown with --debug alone.

import { inspect, types } from 'node:util';
import type { ChalkInstance } from 'chalk';
import { type ApigenError, type AwsTrace, InvalidProjectError, ManyErrors, type Problem } from '../errors.ts';
import { codeFrame } from './code-frame.ts';
import { wrapIndented } from './wrap-text.ts';

export interface ErrorView {
  readonly style: ChalkInstance;
  /** Columns. */
  readonly width: number;
  readonly debug: boolean;
  /** A file's path as a person in this folder would write it. */
  displayPath(file: string): string;
  /** The text of a file that a problem points into, for its line; nothing if it cannot be read. */
  readSource(file: string): string | undefined;
}

/** Ends without a line break. */
export function renderError(error: ApigenError, view: ErrorView): string {
  const { style } = view;
  const parts = [`${style.red('✗')} ${style.bold(error.summary)}`];
  if (error.detail) parts.push(wrapIndented(error.detail, view.width, '  '));
  if (error instanceof InvalidProjectError) {
    parts.push(...error.problems.map((problem) => `\n${renderProblem(problem, view)}`));
  }
  if (error instanceof ManyErrors) {
    parts.push(...error.errors.map((one) => `\n${indent(renderError(one, { ...view, width: view.width - 2 }))}`), '');
  }
  if (error instanceof InvalidProjectError) parts.push('');
  if (error.hint) parts.push(`  ${style.cyan('Try:')} ${error.hint}`);
  parts.push(`  ${style.dim(footer(error.code, error.aws))}`);
  if (view.debug) parts.push(style.dim(indent(stackOf(error))));
  return parts.join('\n');
}

function renderProblem(problem: Problem, view: ErrorView): string {
  const { style } = view;
  const { position } = problem;
  const code = style.dim(problem.code);
  const lines = [wrapIndented(problem.message, view.width, '  ')];
  if (position === undefined) lines.unshift(`  ${code}`);
  else {
    const { file, line, column } = position;
    lines.unshift(`  ${style.underline(`${view.displayPath(file)}:${line}:${column}`)} ${code}`);
    const source = view.readSource(file);
    const frame = source === undefined ? [] : codeFrame(source, line, column, view.width - 4);
    lines.push(...frame.map((text) => `    ${style.dim(text)}`));
  }
  if (problem.hint) lines.push(`  ${style.cyan('Try:')} ${problem.hint}`);
  return lines.join('\n');
}

function footer(code: string, aws: AwsTrace | undefined): string {
  if (aws === undefined) return code;
  const request = aws.requestId === undefined ? [] : [`request ${aws.requestId}`];
  return [code, `${aws.service} ${aws.operation}`, ...request].join(' · ');
}

function stackOf(error: Error): string {
  const lines = [error.stack ?? String(error)];
  let cause = error.cause;
  // A chain that bites its tail must not hang the renderer.
  for (let depth = 0; cause !== undefined && depth < 10; depth += 1) {
    lines.push(`caused by ${types.isNativeError(cause) ? (cause.stack ?? String(cause)) : inspect(cause)}`);
    cause = types.isNativeError(cause) ? cause.cause : undefined;
  }
  return lines.join('\n');
}

function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}
