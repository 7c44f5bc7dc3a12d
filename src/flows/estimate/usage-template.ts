// What `cost-estimate init-usage` writes: a usage file of the project here, or of an API to be, that is valid as it
// stands, with every other key in a comment beside it.

import type { Shape, ShapeApi } from './shape.ts';

/** The text of a usage file; without a shape it stands alone. */
export function usageTemplate(shape: Shape | undefined): string {
  const alone = shape === undefined;
  const lines = [
    `# Usage for \`apigen cost-estimate --usage <this file>\`: what a month looks like.`,
    '# Numbers: 10M, 1.5k, 250000. Sizes: 512B, 4KB, 10GB. Times: 120ms, 2s, 8h. Shares: 80%.',
    '# Delete what does not matter: what is left out is assumed or not counted, and the estimate says which.',
    '',
    ...(alone ? ['region: us-east-1'] : []),
    'freeTier: none          # none | always | legacy (the first 12 months of accounts made before 2025-07-15)',
    'month: 730h             # or 30d',
    'requests: 10M           # of all APIs; shared evenly by routes that do not say theirs',
    '# growth: 5%            # more traffic each month, for --months 12',
    'requestSize: 1KB',
    'responseSize: 3KB',
    'duration: 100ms         # of a function, where it does not say its own',
    'itemSize: 1KB',
    '# exclude: [data-transfer]',
    '',
    ...apiLines(shape),
    '',
    ...functionLines(shape),
    '',
    ...modelLines(shape),
    '',
    'logs:',
    '  perRequest: 512B      # what a function writes for a call',
    '  # scanned: 5GB        # by Logs Insights',
    '',
    '# monitoring: { metrics: 20, alarms: 5, dashboards: 1 }',
    '# traces: { share: 5%, retrieved: 10k }',
    '# topics: { signals: { publishes: 1M, size: 2KB, http: 1M } }',
    '# queues: { jobs: { messages: 1M, size: 2KB } }      # a message is three requests',
    '# other: { nat-gateway-hours: 730 }                  # any meter that `apigen prices --json` lists',
    '',
  ];
  return lines.join('\n');
}

function apiLines(shape: Shape | undefined): string[] {
  if (shape === undefined) {
    return [
      'apis:',
      '  public:',
      '    type: http          # rest | http | websocket',
      '    routes:',
      '      GET /products: { requests: 8M, responseSize: 12KB, function: list, reads: { Product: 1 } }',
      '      POST /products: { function: create, writes: { Product: 1 } }',
      '  # partner: { type: rest, requests: 1M, cache: { size: 0.5GB, hitRate: 80% } }',
      '  # chat: { type: websocket, messages: 5M, messageSize: 2KB, sent: 20M, connections: 1000, connectionTime: 30min }',
    ];
  }
  if (shape.apis.length === 0) return ['# apis: {}               # apigen add-route adds the first'];
  return ['apis:', ...shape.apis.flatMap(apiBlock)];
}

function apiBlock(api: ShapeApi): string[] {
  const traffic = api.type === 'websocket' ? 'messages: 1M' : 'requests: 1M';
  const special =
    api.type === 'rest'
      ? ['    # cache: { size: 0.5GB, hitRate: 80% }']
      : api.type === 'websocket'
        ? ['    # sent: 20M', '    # connections: 1000', '    # connectionTime: 30min']
        : [];
  const routes = api.routes.map(({ key }) => `      ${quoted(key)}: {}`);
  const example = `      # of a route: ${traffic}, responseSize: 12KB, duration: 40ms`;
  const block = routes.length === 0 ? ['    routes: {}'] : ['    routes:', example, ...routes];
  return [`  ${quoted(api.name)}:`, ...special, ...block];
}

function functionLines(shape: Shape | undefined): string[] {
  const more = [
    '  # also: requests: 1M (calls beyond those of routes), ephemeralStorage: 2048MB,',
    '  # coldStarts: { share: 1%, duration: 300ms }, provisioned: { concurrency: 5, hours: 730 }',
  ];
  if (shape === undefined) {
    return [
      'functions:',
      ...more,
      '  list: { memory: 256MB, architecture: arm64, duration: 40ms }',
      '  create: { memory: 256MB, architecture: arm64 }',
    ];
  }
  if (shape.functions.length === 0) return ['# functions: {}'];
  return ['functions:', ...more, ...shape.functions.map(({ name }) => `  ${quoted(name)}: { duration: 100ms }`)];
}

function modelLines(shape: Shape | undefined): string[] {
  const more = [
    '    # reads: { eventual: 8M, strong: 1M, transactional: 10k }',
    '    # growth: 50k                 # items a month',
    '    # readSize: 8KB               # of a query, all its items together',
    '    # indexes: { byEmail: { size: 200B, writes: 20%, keyChanges: 5% } }',
    '    # backups: { stored: 10GB, restored: 1GB, exported: 1GB }',
    '    # class: standard-ia',
  ];
  const names = shape?.tables.map(({ name }) => name) ?? ['Product'];
  if (names.length === 0) return ['# models: {}             # apigen add-model adds the first'];
  const numbers = (name: string) =>
    shape === undefined
      ? [`  ${quoted(name)}:`, '    items: 100k']
      : [`  ${quoted(name)}:`, '    items: 100k', '    reads: 8M', '    writes: 2M'];
  return ['models:', ...names.flatMap((name, index) => [...numbers(name), ...(index === 0 ? more : [])])];
}

// A key that YAML would read as something else stands in quotes.
function quoted(key: string): string {
  return /^[A-Za-z][\w ./{}+-]*$/.test(key) && !/[{}]/.test(key) ? key : JSON.stringify(key);
}
