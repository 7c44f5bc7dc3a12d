// A refusal of an embedded service in AWS's own words: what the client reads as an exception.

export class ServiceFault extends Error {
  /** The shape of the service's model: `QueueDoesNotExist`. */
  readonly shape: string;
  /** Its name in the query protocol: `AWS.SimpleQueueService.NonExistentQueue`. */
  readonly queryCode: string;
  readonly status: number;

  constructor(shape: string, message: string, { queryCode = shape, status = 400 } = {}) {
    super(message);
    this.shape = shape;
    this.queryCode = queryCode;
    this.status = status;
  }
}

export const missing = (parameter: string): ServiceFault =>
  new ServiceFault('MissingParameter', `The request must contain the parameter ${parameter}.`);

export const invalid = (reason: string): ServiceFault => new ServiceFault('InvalidParameterValue', reason);
