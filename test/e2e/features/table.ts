// Every shape of an API, and which test shows it: deployed and called on MiniStack, or read back there where MiniStack
// does not act on it; deployed on moto; refused where it is written wrongly; said in the docs. feature-table.test.ts
// checks that all of these exist, and that no key of the language is deployed by nobody.

import { access } from './table-access.ts';
import { answers } from './table-answers.ts';
import { edges } from './table-edges.ts';
import { functions } from './table-functions.ts';
import { versions } from './table-versions.ts';

/** `e2e/chat.aws.test.ts: lets in who the authorizer lets in`: a file below test/, and the name of a test in it. */
export type Shown = string;

/** Why an emulator cannot show it. */
export interface Lacking {
  readonly lacks: string;
}

export interface Feature {
  readonly feature: string;
  readonly ministack: Shown | Lacking;
  readonly moto: Shown | Lacking;
  /** The request or event itself, where an emulator keeps the setting and does not act on it: a test of dev's gateway. */
  readonly dev?: Shown;
  /** Codes of what `check` says of it when it is written wrongly or where AWS does not have it. */
  readonly refused?: readonly string[];
  /** `apis.md: vpcLink`: a page below docs/, and a text on it. */
  readonly docs: string;
}

export const AREAS: Readonly<Record<string, readonly Feature[]>> = {
  ...access,
  ...answers,
  ...edges,
  ...functions,
  ...versions,
};
