// Loaded before a program with `node --import`: from the moment that the file $MOVED_CLOCK exists, both of this
// process's clocks stand $MOVED_CLOCK_MS further on, as after a long pause. What the program does about it is its own.
import { existsSync } from 'node:fs';

const marker = process.env.MOVED_CLOCK ?? '';
const ms = Number(process.env.MOVED_CLOCK_MS ?? 0);
let moved = false;
const shift = () => {
  moved ||= existsSync(marker);
  return moved ? ms : 0;
};
const wall = Date.now.bind(Date);
const monotonic = performance.now.bind(performance);
Date.now = () => wall() + shift();
performance.now = () => monotonic() + shift();
