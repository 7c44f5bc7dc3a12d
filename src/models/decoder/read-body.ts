// From a request to its decoded body: text or base64, JSON, and then what the route asks of its model. Like
// decode-item.ts, `apigen types` copies it into projects; beside that file it imports nothing at run time.

import type { AttributeSpec, SchemaSpec } from '../attribute-spec.ts';
import { type DecodeProblem, decodeItem } from './decode-item.ts';

/** What is looked at of a request; the events of every type of API have it. */
export interface SentBody {
  readonly body?: string | null | undefined;
  readonly isBase64Encoded?: boolean | undefined;
}

/** What a route takes of a model. */
export interface BodyRule {
  /** The attributes that are taken, of each of the model's schemas. */
  readonly attributes: readonly (readonly string[])[];
  /** Nothing is required. */
  readonly partial: boolean;
  /** Required by the model, and not of a body. */
  readonly optional?: readonly string[] | undefined;
}

/** A body that is not what its route asks for. Its name and status let `answering` make a 400 of it. */
export class InvalidBody extends Error {
  readonly statusCode = 400;
  readonly problems: readonly DecodeProblem[];

  constructor(problems: readonly DecodeProblem[]) {
    super(problems.map(({ path, message }) => `${path === '' ? 'The body' : path} ${message}`).join('; '));
    this.name = 'ValidationError';
    this.problems = problems;
  }
}

/**
 * The body as JSON, or decoded where its model is given. An empty body is an empty object, as for API Gateway.
 *
 * @throws InvalidBody
 */
export function bodyOf(request: SentBody, schemas?: readonly SchemaSpec[], rule?: BodyRule): unknown {
  const json = jsonOf(request);
  if (schemas === undefined || rule === undefined) return json;
  const taken = schemas.map(({ attributes, open }, index) => ({
    attributes: attributes
      .filter(({ name }) => rule.attributes[index]?.includes(name) === true)
      .map((one) => (rule.optional?.includes(one.name) === true ? loosened(one) : one)),
    open,
  }));
  const { item, problems } = decodeItem(taken, json, { partial: rule.partial });
  if (problems !== undefined) throw new InvalidBody(problems.map((problem) => explained(problem, schemas)));
  return item;
}

/** An attribute of the model that its route does not take. */
function explained(problem: DecodeProblem, schemas: readonly SchemaSpec[]): DecodeProblem {
  const isKnown = schemas.some(({ attributes }) => attributes.some(({ name }) => name === problem.path));
  const isSurplus = isKnown && problem.message === 'is no attribute of the model';
  return isSurplus ? { ...problem, message: 'is not taken here: the route leaves it out' } : problem;
}

/** A key stays one in what it may hold. */
function loosened({ key, ...attribute }: AttributeSpec): AttributeSpec {
  return { ...attribute, required: false, ...(key !== undefined && { key: 'index' }) };
}

function jsonOf({ body, isBase64Encoded }: SentBody): unknown {
  const text = isBase64Encoded === true ? Buffer.from(body ?? '', 'base64').toString() : (body ?? '');
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidBody([{ path: '', message: 'must be JSON' }]);
  }
}
