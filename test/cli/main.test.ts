// The command line as a whole: what is answered, in which form, with which exit code.

import { describe, expect, it } from '@jest/globals';
import { registry } from '../../src/commands/index.ts';
import { runCli } from '../harness/cli.ts';

describe('apigen', () => {
  it('lists every command in its help', async () => {
    const { code, stdout } = await runCli(['--help']);
    expect(code).toBe(0);
    for (const { name, summary } of registry.commands.filter((entry) => !entry.name.includes(' '))) {
      expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
      expect(stdout.replace(/\s+/g, ' ')).toContain(summary);
    }
  });

  it('prints its version', async () => {
    const { code, stdout } = await runCli(['--version']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('answers no command at all with its help on stderr and exit 2', async () => {
    const { code, stdout, stderr } = await runCli([]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('Usage: apigen <command>');
  });

  it('suggests the command that was meant', async () => {
    const { code, stderr } = await runCli(['completoin']);
    expect(code).toBe(2);
    expect(stderr).toBe("✗ Unknown command 'completoin'\n  Try: apigen completion\n  UNKNOWN_COMMAND\n");
  });

  it('suggests the option that was meant, with the command it belongs to', async () => {
    const { code, stderr } = await runCli(['local', 'start', '--prot', '1']);
    expect(code).toBe(2);
    expect(stderr).toContain('Try: apigen local start --port\n');
  });

  it('suggests a subcommand under its group', async () => {
    const { code, stderr } = await runCli(['local', 'strat']);
    expect(code).toBe(2);
    expect(stderr).toContain('Try: apigen local start\n');
  });

  it.each([
    [['completion'], 'MISSING_ARGUMENT'],
    [['completion', 'bash', 'zsh'], 'TOO_MANY_ARGUMENTS'],
    [['local', 'start', '--port'], 'MISSING_OPTION_VALUE'],
    [['--nonsense'], 'UNKNOWN_OPTION'],
    [['completion', 'bash', '--cwd', '/no/such/folder'], 'NO_SUCH_FOLDER'],
  ])('answers %j with %s and exit 2', async (args, expected) => {
    const { code, stdout } = await runCli([...args, '--json']);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: expected } });
  });

  it('says a wrong command line as one JSON document under --json, wherever the flag stands', async () => {
    for (const args of [
      ['--json', 'nonsense'],
      ['nonsense', '--json'],
    ]) {
      const { stdout, stderr } = await runCli(args);
      expect(JSON.parse(stdout)).toEqual({
        error: { code: 'UNKNOWN_COMMAND', summary: "Unknown command 'nonsense'", hint: 'apigen --help' },
      });
      expect(stderr).toBe('');
    }
  });

  it('takes `help <command>` as `<command> --help`', async () => {
    const [short, long] = [await runCli(['help', 'local', 'start']), await runCli(['local', 'start', '--help'])];
    expect(short).toEqual(long);
    expect(long.code).toBe(0);
    expect(long.stdout).toContain('Examples:');
  });

  it('fits its help into 60 columns', async () => {
    const { stdout } = await runCli(['--help'], { columns: 60, env: { NO_COLOR: '1' } });
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60);
  });
});

describe('every command', () => {
  it.each(registry.commands.map((entry) => [entry.name, entry] as const))(
    '%s loads under the name and summary that the list shows, with an example',
    async (name, entry) => {
      const command = await entry.load();
      expect({ name: command.name, summary: command.summary }).toEqual({ name, summary: entry.summary });
      expect(command.examples.length).toBeGreaterThan(0);
      for (const example of command.examples) expect(example).toContain(`apigen ${name}`);
    },
  );

  it.each(registry.commands.map(({ name }) => [name]))('%s prints its help', async (name) => {
    const { code, stdout } = await runCli([...name.split(' '), '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain(`Usage: apigen ${name}`);
    expect(stdout).toContain('Global Options:');
  });
});
