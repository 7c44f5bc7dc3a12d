#!/usr/bin/env node
import module from 'node:module';

// Before anything is loaded that could be found compiled; Node has it since 22.1.
module.enableCompileCache?.();
const { main } = await import('../dist/main.js');

process.exitCode = await main(process.argv.slice(2));
