// `apigen add-model` on a terminal: a person who waits for each question, answers it, and is told what will not do.

import { EventEmitter } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { main } from '../../src/main.ts';
import { runCli } from '../harness/cli.ts';
import { terminalStream } from '../harness/terminal-stream.ts';

let cwd: string;
beforeEach(async () => {
  const parent = realpathSync(mkdtempSync(join(tmpdir(), 'apigen-ask-')));
  await runCli(['init', 'shop', '--yes', '--region', 'eu-west-1'], { cwd: parent });
  cwd = join(parent, 'shop');
  symlinkSync(resolve('node_modules'), join(cwd, 'node_modules'));
});
afterEach(() => rmSync(join(cwd, '..'), { recursive: true }));

const read = (path: string) => readFileSync(join(cwd, path), 'utf8');
const DOWN = '\u001b[B';

/** What is on the screen when something is typed, and what is typed then. */
type Step = readonly [shown: string, typed: string];

async function conversation(args: readonly string[], steps: readonly Step[]) {
  const [stdin, stdout, stderr] = [terminalStream(100), new PassThrough(), terminalStream(100)];
  // As a process's own stderr, it does not end with a question.
  Object.assign(stderr, { end: () => stderr });
  const waiting = [...steps];
  let screen = '';
  let seen = '';
  stderr.on('data', (bytes: Buffer) => {
    seen += bytes.toString();
    screen += bytes.toString();
    const [next] = waiting;
    if (next === undefined || !stripVTControlCharacters(screen).includes(next[0])) return;
    waiting.shift();
    screen = '';
    // When the question has been drawn, keys are heard.
    setTimeout(() => stdin.write(next[1]), 50);
  });
  let out = '';
  stdout.on('data', (bytes: Buffer) => (out += bytes.toString()));
  const code = await main(['add-model', ...args], {
    streams: { stdin, stdout, stderr },
    cwd,
    env: { PATH: process.env['PATH'] },
    signals: new EventEmitter(),
  });
  return { code, stdout: stripVTControlCharacters(out), stderr: stripVTControlCharacters(seen), left: waiting };
}

describe('apigen add-model without a name', () => {
  it('asks for all that flags would say, and says how to do the same without questions', async () => {
    const { code, stdout, left } = await conversation(
      [],
      [
        ['Name of the model', 'Order\r'],
        ['Hash key', 'customerId\r'],
        ['Sort key', 'placedAt:date\r'],
        ['Attributes', 'total:number state:enum(open|paid)\r'],
        ['Index', 'byState:state,total\r'],
        ['no more', '\r'],
        ['Timestamps', '\r'],
        ['expires', 'endsAt\r'],
        ['Repository', `${DOWN}${DOWN}\r`],
      ],
    );
    expect({ code, left }).toEqual({ code: 0, left: [] });
    const command = stdout.split('The same without questions: ')[1]?.trim();
    expect(command).toBe(
      'apigen add-model Order --key customerId --sort placedAt:date --fields "total:number state:enum(open|paid)" ' +
        '--index byState:state,total --ttl endsAt --repository --with Product',
    );
    expect(read('src/models/order.ts')).toContain("expires: { attribute: 'endsAt'");
    expect(read('src/models/order-repository.ts')).toContain('createOrderWithProduct');
    expect(read('apigen.yml')).toContain('  Order: src/models/order.ts\n');
  });

  it('says at once what will not do, and asks no more than the flags leave open', async () => {
    const { code, stdout, stderr, left } = await conversation(
      ['--key', 'id', '--sort', 'at:number', '--index', 'byOwner:owner', '--repository'],
      [
        ['Name of the model', 'product\r'],
        ['must begin with a capital letter', '\u0015Product\r'],
        ['The project has the model Product already', '\u0015Pair\r'],
        ['Attributes', 'owner:set(string>\r'],
        ['character 17 is ">"', '\u0015owner:string createdAt:number\r'],
        ['expires', 'owner\r'],
        ['owner is a date that Dynamoose writes', '\u0015\r'],
      ],
    );
    expect({ code, left }).toEqual({ code: 0, left: [] });
    expect(stderr).toContain('No timestamps: createdAt is a date that Dynamoose writes');
    expect(stderr).not.toMatch(/Hash key|Sort key|Index|Repository/);
    expect(stdout).toContain('--no-timestamps --repository');
    expect(read('src/models/pair.ts')).toContain('createdAt: { type: Number, required: true }');
  });

  it('writes nothing when it is left with Ctrl-C', async () => {
    const { code } = await conversation(
      [],
      [
        ['Name of the model', 'Order\r'],
        ['Hash key', '\u0003'],
      ],
    );
    expect(code).toBe(130);
    expect(existsSync(join(cwd, 'src/models/order.ts'))).toBe(false);
    expect(read('apigen.yml')).not.toContain('Order');
  });

  it.each([[[]], [['--json']], [['--key', 'id']]])('is refused in a pipe, with %j', async (args) => {
    const { code, stdout, stderr } = await runCli(['add-model', ...args], { cwd });
    expect(code).toBe(2);
    expect(stdout + stderr).toContain("Missing required argument 'name'");
    expect(stdout + stderr).toContain('apigen add-model Order');
  });
});
