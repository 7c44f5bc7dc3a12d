// Required request parameters of a REST method. Blank counts as missing; names are told headers first, then path,
// then query string.

import { headerValue } from '../header-list.ts';
import type { RoutedExchange } from '../rest/rest-exchange.ts';

const POSITIONS = ['header', 'path', 'querystring'] as const;

/** The names of required parameters that are not there, in AWS's order. */
export function missingParameters(exchange: RoutedExchange): string[] {
  const required = Object.entries(exchange.route.requestParameters)
    .filter(([, isRequired]) => isRequired)
    .map(([name]) => name);
  return POSITIONS.flatMap((position) =>
    required
      .filter((name) => name.startsWith(`method.request.${position}.`))
      .map((name) => name.slice(`method.request.${position}.`.length))
      .filter((name) => valueIn(position, name, exchange).trim() === ''),
  );
}

function valueIn(position: (typeof POSITIONS)[number], name: string, exchange: RoutedExchange): string {
  switch (position) {
    case 'header':
      return headerValue(exchange.headers, name) ?? '';
    case 'path':
      return (Object.hasOwn(exchange.pathParameters, name) ? exchange.pathParameters[name] : undefined) ?? '';
    case 'querystring':
      return exchange.query.findLast(([key]) => key === name)?.[1] ?? '';
  }
}
