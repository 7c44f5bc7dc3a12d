// `apigen cache flush`: drops what the caches of REST APIs keep, so that the next request asks the backend.

import type { Command } from '../cli/command.ts';
import { flushCaches } from '../flows/cache/flush-caches.ts';
import { connectFor } from '../flows/converge/session.ts';
import { loadProject } from '../project/load-project.ts';
import { awsOptions, sessionOptions, versionOption } from './aws-options.ts';

export const cacheFlush: Command = {
  name: 'cache flush',
  summary: 'drop what the cache of a REST API keeps',
  arguments: [{ name: 'api', summary: 'the API; default: every one with a cache', required: false }],
  options: [...awsOptions, versionOption],
  examples: ['apigen cache flush', 'apigen cache flush partner --stage prod'],
  async run(input, context) {
    const options = sessionOptions(input, context);
    const project = await loadProject(options);
    const api = input.arguments['api'];
    const flushed = await flushCaches(
      await connectFor(project, options),
      project,
      typeof api === 'string' ? api : undefined,
    );
    context.ui.result({ flushed }, () => `Flushed the cache of ${flushed.join(', ')}.`);
    return 0;
  },
};
