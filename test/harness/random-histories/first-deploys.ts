// What a first deploy of a source leaves, without a past and without a fault: deployed under a name of its own, read and
// destroyed again.

import type { ApiType } from '../crash-sweep/operations.ts';
import { SweptProject, type Typist } from '../crash-sweep/swept-project.ts';
import { liveLines } from './live-lines.ts';
import { filesOf, type Source } from './random-source.ts';

export class FirstDeploys {
  readonly breaches: string[] = [];
  readonly #options: FirstDeploysOptions;
  readonly #known = new Map<string, readonly string[]>();

  constructor(options: FirstDeploysOptions) {
    this.#options = options;
  }

  async linesOf(source: Source): Promise<readonly string[]> {
    const key = JSON.stringify(source);
    const known = this.#known.get(key);
    if (known) return known;
    const { ministack, typist, name, type } = this.#options;
    const project = await SweptProject.open(ministack, filesOf(name, type, source), name, typist);
    try {
      await project.type(['deploy', '--yes']);
      const lines = liveLines((await project.state()).resources);
      this.#known.set(key, lines);
      await project.type(['destroy', '--confirm', `${name}/dev`]);
      this.breaches.push(...project.breaches.map((breach) => `a first deploy: ${breach}`));
      return lines;
    } finally {
      await project.close();
    }
  }
}

interface FirstDeploysOptions {
  readonly ministack: string;
  readonly typist: Typist;
  /** As long as the name of the project that is compared: bundles hold it. */
  readonly name: string;
  readonly type: ApiType;
}
