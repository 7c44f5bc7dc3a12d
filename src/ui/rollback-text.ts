// A rollback as a person reads it before it is done, and as JSON: what points where now and where it will, and what
// roles may do again. Ids and whole ARNs on request. Pure: text in, text out.

import type { Json, NodeId } from '../engine/kind.ts';
import type { TextOptions } from './plan-text.ts';
import { wrapText } from './wrap-text.ts';

export interface ReturnWords {
  readonly release: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly commit: string | undefined;
  readonly moves: readonly ReturnMove[];
  readonly policies: readonly ReturnPolicy[];
}

/** An alias, a stage or what else carries traffic, with where it points now and will. */
export interface ReturnMove {
  readonly node: NodeId;
  readonly title: string;
  readonly name: string;
  /** It is not there now, and is made again. */
  readonly made: boolean;
  readonly lines: readonly ReturnLine[];
  /** What AWS minted and hashes of contents: `publication`, `deploymentId`, `snapshot`. */
  readonly ids: readonly ReturnLine[];
}

export interface ReturnLine {
  /** `version` of an alias, `release` whose deployment a stage serves (null: no kept one), or the path of a field. */
  readonly what: string;
  readonly from: Json;
  readonly to: Json;
}

/** A role whose policy is not what it was. */
export interface ReturnPolicy {
  readonly node: NodeId;
  readonly title: string;
  readonly name: string;
  readonly again: readonly Granted[];
  readonly noMore: readonly Granted[];
  /** Whatever else of the role: its boundary, who may assume it. */
  readonly others: readonly ReturnLine[];
}

/** In IAM's words. */
export interface Granted {
  readonly effect?: 'Deny';
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: object;
}

export interface RollbackTextOptions extends TextOptions {
  /** Ids too, and ARNs in full. */
  readonly verbose: boolean;
}

export function rollbackText(words: ReturnWords, options: RollbackTextOptions): string {
  const { style, width } = options;
  const commit = words.commit === undefined ? '' : ` (${words.commit})`;
  const at = words.at.replace('T', ' ').slice(0, 19);
  const wrapped = (text: string, first: string, rest: string): readonly string[] =>
    wrapText(text, Math.max(20, width - first.length)).map((line, index) => (index === 0 ? first : rest) + line);
  const head = (mark: string, { title, name }: { readonly title: string; readonly name: string }): string =>
    wrapped(`${title} ${style.bold(name)}`, '  ~ ', '      ')
      .join('\n')
      .replace('~', mark);
  const details = (lines: readonly string[]): readonly string[] =>
    lines.flatMap((line) => wrapped(line, '      ', '        ')).map((line) => style.dim(line));
  return [
    `Back to release ${words.release} of ${at} UTC${commit}:`,
    ...(words.moves.length + words.policies.length === 0
      ? wrapped('Everything points there already; the run that was cut off is finished.', '  ', '  ')
      : []),
    ...words.moves.flatMap((move) => [
      head(move.made ? style.green('+') : style.yellow('~'), move),
      ...details([
        ...(move.made ? ['was there then'] : move.lines.map(arrow)),
        ...(options.verbose && !move.made ? move.ids.map(arrow) : []),
      ]),
    ]),
    ...words.policies.flatMap((policy) => [
      head(style.yellow('~'), policy),
      ...details([
        ...policy.again.map((grant) => `grants again: ${granted(grant, options.verbose)}`),
        ...policy.noMore.map((grant) => `grants no more: ${granted(grant, options.verbose)}`),
        ...policy.others.map(arrow),
      ]),
    ]),
  ].join('\n');
}

function arrow({ what, from, to }: ReturnLine): string {
  if (what === 'release') return `deployment ${ofRelease(from)} → ${ofRelease(to)}`;
  return `${what} ${word(from)} → ${word(to)}`;
}

const ofRelease = (number: Json): string => (number === null ? 'of no kept release' : `of release ${word(number)}`);

function word(value: Json): string {
  if (value === null || value === '') return '(none)';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** `dynamodb:PutItem, dynamodb:UpdateItem on table/shop-dev-Order`. */
function granted({ effect, actions, resources, conditions }: Granted, verbose: boolean): string {
  const places = resources.map((arn) => (verbose ? arn : shortArn(arn)));
  return `${effect === 'Deny' ? 'denial of ' : ''}${actions.join(', ')} on ${places.join(', ')}${conditions === undefined ? '' : ' under conditions'}`;
}

/** What stands after service, region and account. */
const shortArn = (arn: string): string => /^arn:(?:[^:]*:){4}(.+)$/.exec(arn)?.[1] ?? arn;

/** What `--json` says of it. */
export function rollbackDocument({ moves, policies }: ReturnWords) {
  const side = (one: 'from' | 'to', { lines, ids }: ReturnMove) =>
    Object.fromEntries([...lines, ...ids].map((line) => [line.what, line[one]]));
  return {
    moves: moves.map((move) => ({
      node: move.node,
      title: move.title,
      name: move.name,
      from: move.made ? null : side('from', move),
      to: side('to', move),
    })),
    policies: policies.map(({ node, title, name, again, noMore, others }) => ({
      node,
      title,
      name,
      grantsAgain: again,
      grantsNoMore: noMore,
      others,
    })),
  };
}
