// A REST project with a function for each of its routes: what meets every quota of the control plane.

import { versionHandler } from './sample-projects.ts';

export function wideProject(name: string, routes: number): Record<string, string> {
  const numbers = Array.from({ length: routes }, (_, index) => index + 1);
  const lines = numbers.map((number) => `      GET /things-${number}: src/thing-${number}.handler\n`);
  return {
    'apigen.yml': `name: ${name}
region: eu-west-1
apis:
  public:
    type: rest
    auth: none
    routes:
${lines.join('')}`,
    ...Object.fromEntries(numbers.map((number) => [`src/thing-${number}.ts`, versionHandler(`thing ${number}`)])),
  };
}
