// Reads apigen.yml text as a person would write it, without a disk.

import { InvalidProjectError } from '../../src/errors.ts';
import { type ParsedProject, type ProjectSource, parseProject } from '../../src/project/parse-project.ts';
import type { Project } from '../../src/project/project.ts';

const HEAD = 'name: shop\nregion: eu-west-1\n';

type Options = Omit<ProjectSource, 'text' | 'file' | 'root'>;

/** Parses the text as it stands. */
export function parse(text: string, options: Options = {}): ParsedProject {
  return parseProject({ text, file: '/shop/apigen.yml', root: '/shop', ...options });
}

/** The project of `body` behind a name and a region; fails the test when it has problems. */
export function projectOf(body: string, options: Options = {}): Project {
  const parsed = parse(HEAD + body, options);
  if (parsed.project === undefined) throw new InvalidProjectError(JSON.stringify(parsed.problems), parsed.problems);
  return parsed.project;
}

/** The problems of `body` behind two lines of name and region, as `line:column CODE message → hint`. */
export function problemsOf(body: string, options: Options = {}): readonly string[] {
  return formatProblems(parse(HEAD + body, options));
}

/** The problems of a whole file. */
export function formatProblems(parsed: ParsedProject): readonly string[] {
  return (parsed.problems ?? []).map(({ code, message, hint, position }) => {
    const tail = hint === undefined ? '' : ` → ${hint}`;
    return `${position?.line}:${position?.column} ${code} ${message}${tail}`;
  });
}
