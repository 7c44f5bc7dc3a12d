// Where generated files are, and how they are known.

/** Relative to the root. */
export const GENERATED_FOLDER = 'src/generated';

/** How a generated file begins: apigen overwrites and removes what begins so, and nothing else. */
export const GENERATED_MARK = '// Written by `apigen types`.';
