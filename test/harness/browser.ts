// A headless Chromium that opens one page and hands back what the page reports to its own server. Debian's package is
// installed where there is none; nothing but this machine's names resolves.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const REPORTED_WITHIN_MS = 60_000;

/** The browser's program. @throws Error when there is none and it cannot be installed. */
export function chromium(): string {
  const found = (): string | undefined => NAMES.find((name) => spawnSync(name, ['--version']).status === 0);
  const here = found();
  if (here !== undefined) return here;
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    spawnSync('apt-get', args, { stdio: 'inherit' });
  }
  const installed = found();
  if (installed === undefined) throw new Error('no Chromium or Chrome here, and apt-get cannot install one');
  return installed;
}

export interface PageServer {
  /** `http://127.0.0.1:40123`: the page's origin. */
  readonly origin: string;
  /** Opens a page with this script in the browser; what its `report(value)` was given. */
  open(browser: string, script: string): Promise<unknown>;
  close(): Promise<void>;
}

/** A server for pages of one origin. */
export async function servePages(): Promise<PageServer> {
  let script = '';
  let reported: (value: unknown) => void = () => {};
  const server = createServer((request, response) => {
    if (request.method !== 'POST') {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(`<!doctype html><title>page</title><script type="module">${REPORT}${script}</script>`);
      return;
    }
    let text = '';
    request.on('data', (chunk) => (text += String(chunk)));
    request.on('end', () => {
      response.end();
      reported(JSON.parse(text));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    async open(browser, given) {
      script = given;
      const report = new Promise<unknown>((resolve) => {
        reported = resolve;
      });
      return visit(browser, origin, report);
    },
    close: () => closed(server),
  };
}

const REPORT = `const report = (value) => fetch('/report', { method: 'POST', body: JSON.stringify(value) });
addEventListener('error', (event) => report({ failed: String(event.message) }));
addEventListener('unhandledrejection', (event) => report({ failed: String(event.reason) }));
`;

async function visit(browser: string, url: string, report: Promise<unknown>): Promise<unknown> {
  const profile = await mkdtemp(join(tmpdir(), 'apigen-browser-'));
  const child = spawn(
    browser,
    [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-dev-shm-usage'],
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
      `--user-data-dir=${profile}`,
      '--remote-debugging-port=0',
      url,
    ],
    { stdio: 'ignore' },
  );
  let timer: NodeJS.Timeout | undefined;
  try {
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error('the page reported nothing')), REPORTED_WITHIN_MS);
    });
    return await Promise.race([report, late, failed(child)]);
  } finally {
    clearTimeout(timer);
    await ended(child);
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function failed(child: ChildProcess): Promise<never> {
  const [code] = await once(child, 'exit');
  throw new Error(`the browser ended by itself: ${String(code)}`);
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
