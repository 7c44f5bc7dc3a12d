// Refusals in each service's own protocol, worded as AWS words them.

import type { Service } from './control-call.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Refusal {
  readonly status: number;
  readonly name: string;
  readonly message: string;
  /** Further fields of a JSON body. */
  readonly fields?: Readonly<Record<string, string>>;
}

export function throttled(service: Service, requestId: string): Answer {
  switch (service) {
    case 'api-gateway':
    case 'api-gateway-v2':
      return json(requestId, { status: 429, name: 'TooManyRequestsException', message: 'Too Many Requests' });
    case 'lambda': {
      const fields = { Reason: 'CallerRateLimitExceeded', Type: 'User' };
      return json(requestId, { status: 429, name: 'TooManyRequestsException', message: 'Rate exceeded', fields });
    }
    case 'iam':
    case 'sts':
      return xml(requestId, { status: 400, name: 'Throttling', message: 'Rate exceeded' });
    default:
      return target(requestId, { status: 400, name: 'ThrottlingException', message: 'Rate exceeded' });
  }
}

/** A hard limit that no waiting lifts; API Gateway gives it the status of a throttle. */
export function limitReached(service: Service, requestId: string): Answer {
  if (service === 'iam' || service === 'sts') {
    return xml(requestId, {
      status: 409,
      name: 'LimitExceeded',
      message: 'Cannot exceed quota for RolesPerAccount: 1000',
    });
  }
  const message =
    'Maximum number of APIs for this account has been reached. Please contact AWS if you need additional APIs.';
  const name = service.startsWith('api-gateway') ? 'TooManyRequestsException' : 'LimitExceededException';
  if (service === 'dynamodb' || service === 'logs') return target(requestId, { status: 400, name, message });
  return json(requestId, { status: 429, name, message });
}

export function expired(service: Service, requestId: string): Answer {
  const message = 'The security token included in the request is expired';
  if (service === 'iam' || service === 'sts') return xml(requestId, { status: 403, name: 'ExpiredToken', message });
  if (service === 'dynamodb' || service === 'logs') {
    return target(requestId, { status: 400, name: 'ExpiredTokenException', message });
  }
  return json(requestId, { status: 403, name: 'ExpiredTokenException', message });
}

export function serverError(service: Service, requestId: string, status: 500 | 503): Answer {
  const name = status === 500 ? 'InternalServerError' : 'ServiceUnavailableException';
  const message = status === 500 ? 'Internal error' : 'Service is temporarily unavailable';
  if (service === 'iam' || service === 'sts') return xml(requestId, { status, name: 'ServiceFailure', message });
  if (service === 'dynamodb' || service === 'logs') return target(requestId, { status, name, message });
  if (service === 'lambda')
    return json(requestId, { status, name: 'ServiceException', message, fields: { Type: 'Service' } });
  return json(requestId, { status, name, message });
}

/** Lambda's refusal of a role that is too fresh. */
export function roleNotAssumable(requestId: string): Answer {
  const message = 'The role defined for the function cannot be assumed by Lambda.';
  return json(requestId, { status: 400, name: 'InvalidParameterValueException', message, fields: { Type: 'User' } });
}

/** Lambda's refusal of a change while another is under way. */
export function functionBusy(requestId: string, message: string): Answer {
  return json(requestId, { status: 409, name: 'ResourceConflictException', message, fields: { Type: 'User' } });
}

function json(requestId: string, { status, name, message, fields }: Refusal): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId, 'x-amzn-errortype': name },
    body: JSON.stringify({ ...fields, message }),
  };
}

/** Services with `X-Amz-Target` name the error in the body. */
function target(requestId: string, { status, name, message }: Refusal): Answer {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': requestId },
    body: JSON.stringify({ __type: `com.amazon.coral.service#${name}`, message }),
  };
}

function xml(requestId: string, { status, name, message }: Refusal): Answer {
  const error = `<Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type><Code>${name}</Code><Message>${message}</Message></Error>`;
  return {
    status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body: `<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">${error}<RequestId>${requestId}</RequestId></ErrorResponse>`,
  };
}
