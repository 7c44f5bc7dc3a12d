// Expressions of apigen.yml (`$request.body.name`, `${request.path.id}` inside a text) in the words of each kind of
// API: parameter mappings of HTTP APIs, mapping parameters and templates (VTL) of REST and WebSocket APIs.

type Part = { readonly text: string } | { readonly variable: string };

/** A text taken apart at its expressions. */
export function parseExpression(text: string): readonly Part[] {
  if (/^\$(?:request|response|context|stageVariables)(?:[.[]|$)/.test(text)) return [{ variable: text.slice(1) }];
  return text
    .split(/\$\{([^{}]+)\}/)
    .map((part, index): Part => (index % 2 === 0 ? { text: part } : { variable: part }))
    .filter((part) => !('text' in part) || part.text !== '');
}

/** Of an HTTP API: AWS's own syntax, where the query is called querystring. */
export function httpExpression(text: string): string {
  return text.replace(/\$(\{?)request\.query\./g, '$$$1request.querystring.');
}

/** Whether a value can be a mapping parameter of a REST API: one expression, or a text without any. */
export const isParameter = (text: string): boolean => parseExpression(text).length <= 1;

/** `method.request.header.x`, `context.requestId` or `'a text'`; `side` is `route` on WebSocket APIs. */
export function parameterOf(text: string, side: 'method' | 'route' = 'method'): string {
  const [part] = parseExpression(text);
  if (part === undefined) return "''";
  if ('text' in part) return `'${text}'`;
  const { variable } = part;
  if (variable.startsWith('response.')) return `integration.${variable}`;
  return variable.startsWith('request.')
    ? `${side}.${variable.replace(/^request\.query\./, 'request.querystring.')}`
    : variable;
}

/** Builds one mapping template: what expressions need beforehand is gathered and set once. */
export class TemplateWriter {
  readonly #before: string[] = [];
  readonly #named = new Map<string, string>();

  /** The finished template. */
  finish(body: string): string {
    return `${this.#before.join('')}${body}`;
  }

  /** A text as it stands: `$` and `#` mean something in a template. */
  literal(text: string): string {
    return text.replace(/[$#]/g, (character) => {
      const name = character === '$' ? 'D' : 'H';
      this.#set(name, `#set($${name} = '${character}')`);
      return `$\x7b${name}}`;
    });
  }

  /** A value inside `application/x-www-form-urlencoded`. */
  form(text: string): string {
    return parseExpression(text)
      .map((part) =>
        'text' in part ? encodeURIComponent(part.text) : `$util.urlEncode(${this.reference(part.variable, true)})`,
      )
      .join('');
  }

  /** A JSON value: texts with expressions anywhere in it. */
  json(value: unknown): string {
    if (typeof value === 'string') return this.#jsonText(value);
    if (Array.isArray(value)) return `[${value.map((item) => this.json(item)).join(',')}]`;
    if (typeof value === 'object' && value !== null) {
      const entries = Object.entries(value).map(
        ([key, item]) => `${this.literal(JSON.stringify(key))}:${this.json(item)}`,
      );
      return `{${entries.join(',')}}`;
    }
    return JSON.stringify(value) ?? 'null';
  }

  /** A JSON text, whatever the expression yields. */
  jsonString(text: string): string {
    const parts = parseExpression(text).map((part) =>
      'text' in part
        ? this.literal(JSON.stringify(part.text).slice(1, -1))
        : escaped(this.reference(part.variable, true)),
    );
    return `"${parts.join('')}"`;
  }

  /** `$input.path('$.x')` and the like: a value, empty where the request lacks it. */
  reference(variable: string, asText = false): string {
    const rest = variable.replace(/^request\./, '');
    if (variable === rest) return `$${variable}`;
    if (rest === 'body') return '$input.body';
    // Inside a text: a number, or nothing at all, is no string, which the functions of $util take alone.
    if (rest.startsWith('body')) {
      return asText ? this.#text(`$input.path('$${rest.slice(4)}')`) : `$input.json('$${rest.slice(4)}')`;
    }
    const [place = '', ...names] = rest.split('.');
    return this.#parameter(place === 'query' ? 'querystring' : place, names.join('.'));
  }

  // The whole body is text, as AWS's services want messages; a part of it keeps its type.
  #jsonText(text: string): string {
    const [part, other] = parseExpression(text);
    if (part === undefined || other !== undefined || 'text' in part) return this.jsonString(text);
    return part.variable.startsWith('request.body.') || part.variable.startsWith('request.body[')
      ? this.reference(part.variable)
      : this.jsonString(text);
  }

  // `$input.params('x')` would take a query parameter for a header of the same name. Null would be printed as written.
  #parameter(place: string, name: string): string {
    const key = `${place}.${name}`;
    const known = this.#named.get(key);
    if (known !== undefined) return known;
    const variable = `$p${this.#named.size + 1}`;
    this.#named.set(key, variable);
    // Path parameters come percent-encoded, where a plus is one.
    const decoded = place === 'path' ? `#set(${variable} = $util.urlDecode(${variable}.replace('+', '%2B')))` : '';
    this.#before.push(`#set(${variable} = "$!input.params().${place}.get('${name}')")${decoded}`);
    return variable;
  }

  #text(reference: string): string {
    const known = this.#named.get(reference);
    if (known !== undefined) return known;
    const variable = `$p${this.#named.size + 1}`;
    this.#named.set(reference, variable);
    this.#before.push(`#set(${variable} = "$!${reference.slice(1)}")`);
    return variable;
  }

  #set(name: string, statement: string): void {
    if (this.#named.has(name)) return;
    this.#named.set(name, name);
    this.#before.push(statement);
  }
}

/** "escapeJavaScript() turns single quotes into escaped ones, which are not valid in JSON" (mapping template reference). */
const escaped = (reference: string): string => `$util.escapeJavaScript(${reference}).replaceAll("\\\\'","'")`;
