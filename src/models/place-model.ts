// A loaded model together with where its parts stand in the sources.

import { readFileSync } from 'node:fs';
import type { Position } from '../errors.ts';
import { type AttributePlace, attributePlaces, offsetOfPlace, placeOfOffset } from './attribute-places.ts';
import type { LoadedModel } from './loader/protocol.ts';
import type { SourcePositions } from './loader/source-positions.ts';

export interface PlacedModel {
  readonly loaded: LoadedModel;
  /** Of the call of `dynamoose.model`. */
  readonly position: Position;
  /** Of the first schema. */
  readonly schemaPosition: Position;
  /** Of an attribute by path; of the schema where it is not found. */
  positionOf(attribute: string): Position;
  /** The comment above an attribute. */
  commentOf(attribute: string): string | undefined;
  /** Of a function that V8 found. */
  functionPosition(fn: LoadedModel['functions'][number]): Position;
}

/** @param fallback where nothing better is known */
export function placeModel(positions: SourcePositions, loaded: LoadedModel, fallback: Position): PlacedModel {
  const position = positions.ofStack(loaded.stack) ?? fallback;
  const found = loaded.schemas.flatMap((schema, index) => {
    const at = positions.ofStack(loaded.schemaStacks[index] ?? '') ?? position;
    const text = readFileSync(at.file, 'utf8');
    const places = attributePlaces(text, offsetOfPlace(text, at.line, at.column), schema);
    return [{ at, text, places }];
  });
  const schemaPosition = found[0]?.at ?? position;

  const placeOf = (attribute: string): { at: Position; text: string; place: AttributePlace } | undefined => {
    for (const { at, text, places } of found) {
      const place = places.get(attribute);
      if (place !== undefined) return { at, text, place };
    }
    return undefined;
  };
  const positionOf = (attribute: string): Position => {
    const hit = placeOf(attribute);
    return hit === undefined ? schemaPosition : { file: hit.at.file, ...placeOfOffset(hit.text, hit.place.offset) };
  };
  return {
    loaded,
    position,
    schemaPosition,
    positionOf,
    commentOf: (attribute) => placeOf(attribute)?.place.comment,
    functionPosition: ({ attribute, at }) =>
      (at === undefined ? undefined : positions.ofPlace(at.url, at.line, at.column)) ?? positionOf(attribute),
  };
}
