// What a spare thread does before it knows its function: loads the packages that the function will want, and notes which
// environment variables they looked at, since the function's own may differ.

import { ALL_VARIABLES } from '../protocol.ts';
import { loadVendor } from './load-vendor.ts';

/**
 * @param vendor a chunk of packages
 * @returns names of the variables that were read
 * @throws whatever the packages throw
 */
export function prepare(vendor: string): readonly string[] {
  const read = new Set<string>();
  const { env } = process;
  const note = (name: string | symbol): void => {
    if (typeof name === 'string') read.add(name);
  };
  process.env = new Proxy(env, {
    get(target, name) {
      note(name);
      return Reflect.get(target, name);
    },
    set: (target, name, value) => Reflect.set(target, name, value),
    has(target, name) {
      note(name);
      return Reflect.has(target, name);
    },
    getOwnPropertyDescriptor(target, name) {
      note(name);
      return Reflect.getOwnPropertyDescriptor(target, name);
    },
    ownKeys(target) {
      note(ALL_VARIABLES);
      return Reflect.ownKeys(target);
    },
  });
  try {
    const { chunk, keepCode } = loadVendor(vendor);
    chunk.preload();
    keepCode();
  } finally {
    process.env = env;
  }
  return [...read];
}
