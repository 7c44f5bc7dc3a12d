// Refusals that DynamoDB Local words otherwise than AWS does. The error has the same name; the second text is AWS's, as
// recorded on AWS by the tests of dynalite (https://github.com/architect/dynalite, `npm test` with REMOTE=1), or, where
// it begins with "1 validation error detected", as AWS's framework words any broken constraint of the API model.

const REWORDINGS: readonly (readonly [local: RegExp, aws: RegExp])[] = [
  [/^Value .* failed to satisfy constraint|^Member must have length/, /^1 validation error detected: Value .* at '/],
  [/^Invalid table\/index name|^Limit must be|^Limit in ListTables|^Select must be/, /^1 validation error detected: /],
  [
    /^Cannot have null key|cannot have a null or no requests|must have some requests set/,
    /^1 validation error detected: /,
  ],
  [/cannot be null or empty: |has empty list$|contains a null AttributeValue$/, /^1 validation error detected: /],
  [/^Too many items requested/, /^1 validation error detected: .* length less than or equal to (25|100)/s],
  [/at 'segment' failed/, /^1 validation error detected: .*egment|^The Segment parameter is zero-based/],
  [/^Return values set to invalid value/, /^ReturnValues can only be|^1 validation error detected: .*returnValues/],
  [/contains duplicates\.?$/, /contains duplicates\.$/],
  [/A value provided cannot be converted into a number/, /The parameter cannot be converted to a numeric value/],
  [/^DynamoDB only supports precision/, /^Attempting to store more than 38 significant digits in a Number$/],
  [/^Hash primary key values must be under|: Size limit exceeded$/, /exceeded the (maximum )?size limit of/],
  [/^One of the required keys was not given/, /: Missing the key \w+ in the item$/],
  [/: Type mismatch for key$/, /: Type mismatch for key \w+ expected: |^The provided key element does not match/],
  [/^The number of conditions on the keys is invalid$/, /^The provided key element does not match the schema$/],
  [/: Type mismatch for Index Key$/, /: Type mismatch for Index Key \w+ Expected: \w+ Actual: \w+ IndexName: \w+$/],
  [/^Invalid attribute value type$|incorrect data type$/, /: Type mismatch for Index Key \w+ Expected: /],
  [/^Cannot do operations on a non-existent table$/, /^Requested resource not found/],
  [
    /^(.*Invalid attribute type name found; type: X), valid types: /,
    /Invalid attribute type name found; type: X, valid/,
  ],
  [/^Cannot have two attributes with the same name$/, /: Duplicate value in attribute name: \w+$/],
  [/is not supported for the type (NUMBER|STRING)$/, /is not supported for the type [NS]$/],
  [/^Query condition missed key schema element$/, /^Query condition missed key schema element: \w+$/],
  [/^Key attributes must be scalars/, /^KeyConditionExpressions cannot have conditions on nested attributes$/],
  [/^The provided starting key does not match/, /^The provided starting key is outside query boundaries/],
  [/^Exclusive Start Key must have same size/, /^The provided starting key is invalid/],
  [/^Type mismatch for attribute to update$/, /^The provided key element does not match the schema$/],
  [/^Consistent read cannot be true when/, /^Consistent reads are not supported on global secondary indexes$/],
  [/^If segment is specified/, /^The TotalSegments parameter is required/],
  [/^If total segments is specified/, /^The Segment parameter is required/],
  [/Type mismatch for key$/, /^Transaction cancelled, .*\[ValidationError\]$/],
];

/** Whether AWS says `aws` where DynamoDB Local says `local`. */
export const isReworded = (local: unknown, aws: unknown): boolean =>
  REWORDINGS.some(([first, second]) => first.test(String(local)) && second.test(String(aws)));
