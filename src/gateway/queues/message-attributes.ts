// Attributes of a message, which queues and topics share, and the digest of them that SQS reports.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html

import { createHash } from 'node:crypto';
import { invalid } from '../service-fault.ts';

export interface MessageAttribute {
  /** `String`, `Number`, `Binary`, or one of them with a suffix of the sender's. */
  readonly DataType: string;
  readonly StringValue?: string;
  /** Base64. */
  readonly BinaryValue?: string;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

export const md5 = (text: string | Buffer): string => createHash('md5').update(text).digest('hex');

/** @throws ServiceFault `InvalidParameterValue` */
export function checkedAttributes(given: unknown): MessageAttributes {
  if (typeof given !== 'object' || given === null) return {};
  return Object.fromEntries(
    Object.entries(given as Record<string, Partial<MessageAttribute> | null>).map(([name, attribute]) => {
      const { DataType = '', StringValue, BinaryValue } = attribute ?? {};
      if (!/^(String|Number|Binary)(\..+)?$/.test(DataType)) {
        throw invalid(
          `The type of message (user) attribute '${name}' is invalid. You must use only the following supported type prefixes: Binary, Number, String.`,
        );
      }
      const value = DataType.startsWith('Binary') ? BinaryValue : StringValue;
      if (value === undefined || value === '') {
        throw invalid(`Message (user) attribute '${name}' must contain a non-empty value of type '${DataType}'.`);
      }
      return [
        name,
        DataType.startsWith('Binary') ? { DataType, BinaryValue: value } : { DataType, StringValue: value },
      ];
    }),
  );
}

export const attributesBytes = (attributes: MessageAttributes): number =>
  Object.entries(attributes).reduce(
    (sum, [name, { DataType, StringValue, BinaryValue }]) =>
      sum + Buffer.byteLength(name + DataType + (StringValue ?? '')) + Buffer.from(BinaryValue ?? '', 'base64').length,
    0,
  );

/** Lengths and values of names, types and values, by name; nothing for a message without attributes. */
export function attributesMd5(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const parts: Buffer[] = [];
  const add = (value: string | Buffer): void => {
    const bytes = Buffer.from(value as string);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    parts.push(length, bytes);
  };
  for (const name of names) {
    const { DataType = '', StringValue, BinaryValue } = attributes[name] ?? {};
    add(name);
    add(DataType);
    parts.push(Buffer.from([BinaryValue === undefined ? 1 : 2]));
    add(BinaryValue === undefined ? (StringValue ?? '') : Buffer.from(BinaryValue, 'base64'));
  }
  return md5(Buffer.concat(parts));
}
