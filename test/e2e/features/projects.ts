// The projects that end-to-end tests deploy, as they are parsed: what of the language is ever deployed.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { chatProject } from '../chat-project.ts';
import { httpShapes } from '../http-shapes-project.ts';
import { frugal } from '../least-privilege-project.ts';
import { restShapes } from '../rest-shapes-project.ts';
import { firedProject } from './fired-project.ts';
import { httpFeatures, MADE_LINKS } from './http-project.ts';
import { restFeatures } from './rest-project.ts';

export function deployedProjects(): readonly unknown[] {
  const examples = join(import.meta.dirname, '../../../examples');
  const at = {
    subnet: 'subnet-1',
    securityGroup: 'sg-1',
    role: 'arn',
    boundary: 'arn',
    userPool: 'eu-west-1_A',
    account: '1',
  };
  const files = [
    restFeatures('rest', at),
    httpFeatures('http', { userPool: 'eu-west-1_A', client: 'c', backend: 'http://b', links: MADE_LINKS }),
    firedProject('fired'),
    chatProject('chat'),
    httpShapes('http', 'http://b'),
    restShapes('rest', 'http://b'),
    frugal('http://b'),
  ];
  return [
    ...readdirSync(examples).map((name) => readFileSync(join(examples, name, 'apigen.yml'), 'utf8')),
    ...files.map((one) => one['apigen.yml'] ?? ''),
  ].map((text) => parse(text));
}
