import { startSandboxes } from '#sandbox/start.ts';
import { afterwards } from './child.ts';

export type Sandboxes = Awaited<ReturnType<typeof startSandboxes>>;

const MANIFEST = new URL('../../manifest.yml', import.meta.url).pathname;

/** Both stand-ins in the test's own process: they outlive a service that is killed. */
export async function sandboxesBeside(): Promise<Sandboxes> {
  const sandboxes = await startSandboxes({ manifestPath: MANIFEST });
  afterwards(() => sandboxes.close());
  return sandboxes;
}
