// An inventory in lines that do not depend on how a project came to be what it is: a line for each thing that stands,
// without counts of versions and deployments, which the kept releases decide.

/** @param lines of {@link inventoryOf}, the project's name replaced */
export function liveLines(lines: readonly string[]): readonly string[] {
  return lines
    .filter((line) => !line.includes('NAME-dev-neighbour'))
    .flatMap((line) => (line.startsWith('function ') ? functionLines(line) : [line]))
    .map((line) => line.replace(/ deployments \d+ stages /, ' stages ').replace(/→-?\d+$/, ''));
}

/**
 * `function NAME-dev-f0 nodejs22.x 128 10 HASH versions 2 v1→HASH/nodejs22.x/128/10 [a,b]`. What is not published yet
 * is left out: a source that comes back is served by the version that it had, and nobody calls the rest.
 */
function functionLines(line: string): readonly string[] {
  const statements = /\[(.*)\]$/.exec(line)?.[1]?.split(',') ?? [];
  const [, name = ''] = line.split(' ');
  return [
    line.replace(/^(function \S+) .* versions \d+/, '$1').replace(/ \[.*\]$/, ''),
    ...statements.filter((sid) => sid !== '').map((sid) => `permission ${name}:v1:${sid}`),
  ];
}

/** How many versions a function has, by its name. */
export function versionCounts(lines: readonly string[]): ReadonlyMap<string, number> {
  return new Map(
    lines.flatMap((line) => {
      const [, name = '', count] = /^function (\S+) .* versions (\d+) /.exec(line) ?? [];
      return count === undefined || name.endsWith('-neighbour') ? [] : [[name, Number(count)] as const];
    }),
  );
}

/** What each alias points at: `NAME-dev-f0 v1→HASH`. */
export const aliasLines = (lines: readonly string[]): readonly string[] =>
  liveLines(lines).flatMap((line) => {
    const [, name, alias] = /^function (\S+) (v1→\S+)$/.exec(line) ?? [];
    return alias === undefined ? [] : [`${name} ${alias}`];
  });
