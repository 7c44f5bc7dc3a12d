// What a mapping template may read, and what it leaves behind: the whole contract between the gateway and the
// template engine. Nothing in here is reachable from a template except through the Java-like values built from it.
import type { StringMap } from '../../api/definition.ts';

/** What `$input.params()` shows. Values are decoded already; header names keep the case they came in. */
export interface TemplateParams {
  readonly path: StringMap;
  readonly querystring: StringMap;
  readonly header: StringMap;
}

export interface TemplateScope {
  readonly input: {
    /** The request's or the integration response's body. Empty reads `{}`, as on AWS. */
    readonly bodyText: string;
    readonly params: TemplateParams;
  };
  /** `$context`: strings, numbers, booleans and maps of them. `undefined` members are left out. */
  readonly context: Readonly<Record<string, unknown>>;
  readonly stageVariables: StringMap;
  /**
   * What the request template left: hand `RenderedTemplate.overrides` of the request template to the response
   * template, which can read it, and whose result then holds the overrides of both.
   */
  readonly overrides?: TemplateOverrides;
}

/** Several values when the template assigned a list. */
export type OverrideValues = Readonly<Record<string, readonly string[]>>;

/** What templates wrote to `$context.requestOverride` and `$context.responseOverride`. They beat parameter mapping. */
export interface TemplateOverrides {
  readonly requestHeaders: OverrideValues;
  readonly requestPath: StringMap;
  readonly requestQuery: OverrideValues;
  readonly responseHeaders: OverrideValues;
  /** Absent unless a template set a whole number. */
  readonly responseStatus?: number;
  /** Both maps as the templates left them, other keys included: `{ requestOverride, responseOverride }`. */
  readonly raw: Readonly<Record<string, unknown>>;
}

export interface RenderedTemplate {
  readonly text: string;
  readonly overrides: TemplateOverrides;
}
