#!/usr/bin/env node
// Plain JavaScript on purpose: an old Node must get a sentence, not a stack trace about syntax it cannot read.
import module from 'node:module';

const needed = 24;

if (Number(process.versions.node.split('.')[0]) < needed) {
  console.error(
    `Rolecall needs Node ${needed} or newer and this is ${process.version}. Nothing was started. ` +
      'Use npm start or npm run rolecall, which bring their own Node, or install a newer one.',
  );
  process.exit(1);
}

// Stripping types and compiling at every start costs half a second and tens of megabytes; where the folder cannot be
// written, Node goes on without.
module.enableCompileCache(new URL('../node_modules/.cache/rolecall', import.meta.url).pathname);

const { main } = await import('../src/main.ts');
process.exitCode = await main(process.argv.slice(2));
