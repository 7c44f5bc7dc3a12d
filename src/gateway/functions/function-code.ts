// What a pool needs to run a function: where its bundle lies and under which settings of Lambda it runs.

export interface FunctionCode {
  /** The logical name: `products-create`. */
  readonly name: string;
  /** Lambda's FunctionName: `shop-dev-products-create`. */
  readonly functionName: string;
  /** `arn:aws:lambda:{region}:{account}:function:{functionName}`. */
  readonly arn: string;
  /** Absolute: `…/index.js` (CommonJS) or `…/index.mjs`. */
  readonly file: string;
  /** Absolute: a chunk of Dynamoose and the AWS SDK that the bundle requires. */
  readonly vendor?: string;
  /** `nodejs22.x`. */
  readonly runtime: string;
  readonly memoryMb: number;
  readonly timeoutMs: number;
  /** All that the function finds in `process.env`. */
  readonly environment: Readonly<Record<string, string>>;
}

/** What a function printed. */
export interface FunctionOutput {
  readonly functionName: string;
  /** `GET /products`; empty for what was printed outside every invocation, as while loading. */
  readonly route: string;
  readonly requestId: string;
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}
