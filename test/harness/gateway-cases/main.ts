// The command line of the runner: `npm run gateway-cases -- FILE [--area NAME …] [--id NAME …]`.
// Exit 0 when all passed, 1 when one failed, 2 for a wrong command line or an unreadable file.

import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { failureLines, summaryLines } from './report.ts';
import { readCases, runCases } from './run-file.ts';

/** Runs and prints; the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  let file: string | undefined;
  let areas: string[];
  let ids: string[];
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { area: { type: 'string', multiple: true }, id: { type: 'string', multiple: true } },
    });
    [file] = positionals;
    areas = values.area ?? [];
    ids = values.id ?? [];
    if (file === undefined || positionals.length > 1) throw new Error('give one file of cases');
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}
Usage: npm run gateway-cases -- FILE [--area NAME …] [--id NAME …]   (* stands for anything in a NAME)`);
    return 2;
  }
  try {
    // npm runs scripts in the package's folder; the file was named from where npm was called.
    const from = process.env['INIT_CWD'] ?? process.cwd();
    const cases = await readCases(resolve(from, file), { areas, ids });
    const outcomes = await runCases(cases, (outcome) => {
      if (outcome.mismatches.length > 0) console.log(failureLines(outcome).join('\n'));
    });
    console.log(summaryLines(outcomes).join('\n'));
    return outcomes.some((outcome) => outcome.mismatches.length > 0) ? 1 : 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return 2;
  }
}
