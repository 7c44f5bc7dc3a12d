// `apigen drift`: what was changed outside apigen since the last deploy. Exit 3 when there is any.

import type { Command } from '../cli/command.ts';
import { driftOf } from '../flows/converge/drift.ts';
import { prepare } from '../flows/converge/prepare.ts';
import { driftDocument, driftText } from '../ui/drift-text.ts';
import { awsOptions, sessionOptions, versionOption } from './aws-options.ts';

export const drift: Command = {
  name: 'drift',
  summary: 'show what was changed outside apigen',
  description:
    'Reads everything that is live, compares it with the source, and searches by tags for what nobody declared. ' +
    'Exit code 3 when there is drift. apigen deploy puts it right.',
  options: [...awsOptions, versionOption],
  examples: ['apigen drift', 'apigen drift --stage prod --json'],
  async run(input, context) {
    const { ui } = context;
    const progress = ui.progress('Reading apigen.yml');
    try {
      const prepared = await prepare(sessionOptions(input, context), (doing) => progress.update(doing));
      progress.update('Reading what is live');
      const found = await driftOf(prepared, context.signal);
      progress.stop();
      ui.result(driftDocument(found), () => driftText(found, ui));
      return found.any ? 3 : 0;
    } finally {
      progress.stop();
    }
  },
};
