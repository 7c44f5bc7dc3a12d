// What npm, pnpm and Yarn write into node_modules at the end of an install.

export const INSTALL_MARKS: ReadonlySet<string> = new Set([
  '.package-lock.json',
  '.modules.yaml',
  '.yarn-integrity',
  '.yarn-state.yml',
]);
