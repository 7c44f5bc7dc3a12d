// placeholder
import { EventEmitter } from 'node:events';
export default async function start(): Promise<void> {
  new EventEmitter();
  const x: string = import.meta.url;
  process.stderr.write(`setup ${x}\n`);
}
