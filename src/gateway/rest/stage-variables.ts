// Stage variables inside names and addresses of integrations: `${stageVariables.host}`. An undefined one is empty.

import type { StringMap } from '../../api/definition.ts';

/** The text with every `${stageVariables.x}` replaced. */
export function withStageVariables(text: string, variables: StringMap): string {
  if (!text.includes('${')) return text;
  return text.replace(/\$\{stageVariables\.([\w]+)\}/g, (_whole, name: string) => variables[name] ?? '');
}
