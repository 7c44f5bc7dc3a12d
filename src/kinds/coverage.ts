// Each kind says of every field of the SDK's create and update inputs where it stands: in a field of the kind's
// props, or why not. The compiler holds the list complete when the SDK grows.

/** Not offered, with the reason. */
export interface Unsupported {
  readonly unsupported: string;
}

/** Set by apigen itself, the same for every resource. */
export interface Fixed {
  readonly fixed: string;
}

/** The props field that an SDK field carries, or several that make it together. */
export type CoveredBy = string | readonly string[];

/** Props fields by SDK field. `satisfies Coverage<Input>` fails to compile when a field is missing. */
export type Coverage<Input> = { readonly [Field in keyof Required<Input>]: CoveredBy | Unsupported | Fixed };

export const unsupported = (reason: string): Unsupported => ({ unsupported: reason });

export const fixed = (why: string): Fixed => ({ fixed: why });
