// The projects that end-to-end tests deploy, as they are written: what of the language is ever deployed.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chatProject } from '../chat-project.ts';
import { httpShapes } from '../http-shapes-project.ts';
import { frugal } from '../least-privilege-project.ts';
import { restShapes } from '../rest-shapes-project.ts';
import { firedProject } from './fired-project.ts';
import { httpFeatures, MADE_LINKS } from './http-project.ts';
import { restFeatures } from './rest-project.ts';

export function deployedTexts(): readonly string[] {
  const examples = join(import.meta.dirname, '../../../examples');
  const at = {
    subnet: 'subnet-1',
    securityGroup: 'sg-1',
    role: 'arn:aws:iam::123456789012:role/guest',
    boundary: 'arn:aws:iam::aws:policy/PowerUserAccess',
    userPool: 'eu-west-1_A',
    account: '123456789012',
  };
  const files = [
    restFeatures('rest', at),
    httpFeatures('http', {
      userPool: 'eu-west-1_A',
      client: 'c',
      backend: 'http://backend.example.com',
      links: MADE_LINKS,
    }),
    firedProject('fired'),
    chatProject('chat'),
    httpShapes('http', 'http://backend.example.com'),
    restShapes('rest', 'http://backend.example.com'),
    frugal('http://backend.example.com'),
  ];
  return [
    ...readdirSync(examples).map((name) => readFileSync(join(examples, name, 'apigen.yml'), 'utf8')),
    ...files.map((one) => one['apigen.yml'] ?? ''),
  ];
}
