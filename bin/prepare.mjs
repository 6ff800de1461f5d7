// Runs at install: compiles once what every start needs, so that the first start is as quick and as small as the others.
// Nothing depends on it; where it cannot work, starts are merely slower.
import module from 'node:module';

const here = (path) => new URL(path, import.meta.url);

try {
  module.enableCompileCache(here('../node_modules/.cache/rolecall').pathname);
  await import(here('../src/main.ts'));
  await import(here('../src/wiring/service.ts'));
  await import(here('../src/wiring/assistant.ts'));
  await import(here('../sandbox/start.ts'));
  await import(here('../sandbox/playground/server.ts'));
} catch (error) {
  console.warn(`Nothing was compiled in advance: ${error.message}`);
}
