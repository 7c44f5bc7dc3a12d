// A buffer that passes for a terminal: its width, and the cursor movements that spinners and prompts ask for, which
// appear in what was written as the escape codes that a terminal would get.

import { clearLine, clearScreenDown, cursorTo, moveCursor } from 'node:readline';
import { PassThrough } from 'node:stream';

export function terminalStream(columns: number): PassThrough {
  const stream = new PassThrough();
  return Object.assign(stream, {
    isTTY: true,
    columns,
    cursorTo: (x: number, y?: number) => cursorTo(stream, x, y),
    moveCursor: (dx: number, dy: number) => moveCursor(stream, dx, dy),
    clearLine: (direction: -1 | 0 | 1) => clearLine(stream, direction),
    clearScreenDown: () => clearScreenDown(stream),
  });
}
