// The CORS settings of an HTTP API as props, and their translation from and to API Gateway's shapes.

import type { Cors } from '@aws-sdk/client-apigatewayv2';

/** In AWS's terms; lists keep their order. */
export interface CorsProps {
  readonly allowOrigins: readonly string[];
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  /** Seconds; 0: not said. */
  readonly maxAge: number;
  readonly allowCredentials: boolean;
}

export function corsFrom(cors: Cors | undefined): CorsProps | null {
  if (!cors || Object.values(cors).every((value) => value === undefined)) return null;
  return {
    allowOrigins: cors.AllowOrigins ?? [],
    allowMethods: cors.AllowMethods ?? [],
    allowHeaders: cors.AllowHeaders ?? [],
    exposeHeaders: cors.ExposeHeaders ?? [],
    maxAge: cors.MaxAge ?? 0,
    allowCredentials: cors.AllowCredentials ?? false,
  };
}

/** API Gateway answers lists in an order and letter case of its own: equal ones read as they are wanted. */
export function corsAsWanted(live: CorsProps | null, wanted: CorsProps | null | undefined): CorsProps | null {
  if (!live || !wanted) return live;
  const spelt = (list: readonly string[], as: readonly string[]): readonly string[] => {
    const folded = (values: readonly string[]): string => JSON.stringify(values.map((one) => one.toLowerCase()).sort());
    return folded(list) === folded(as) ? as : list;
  };
  return {
    ...live,
    allowOrigins: spelt(live.allowOrigins, wanted.allowOrigins),
    allowMethods: spelt(live.allowMethods, wanted.allowMethods),
    allowHeaders: spelt(live.allowHeaders, wanted.allowHeaders),
    exposeHeaders: spelt(live.exposeHeaders, wanted.exposeHeaders),
  };
}

/** Empty lists are left out: API Gateway refuses them. What is off is said, so that an update turns it off. */
export function corsInput(cors: CorsProps): Cors {
  const listed = (values: readonly string[]): string[] | undefined => (values.length > 0 ? [...values] : undefined);
  return {
    AllowOrigins: listed(cors.allowOrigins),
    AllowMethods: listed(cors.allowMethods),
    AllowHeaders: listed(cors.allowHeaders),
    ExposeHeaders: listed(cors.exposeHeaders),
    MaxAge: cors.maxAge,
    AllowCredentials: cors.allowCredentials,
  };
}
