import type { Understanding } from '../../domain/understanding.ts';
import type { Lattice } from './lattice.ts';
import type { Scene } from './scene.ts';

type Alone = (text: string, scene: Scene, lattice: Lattice, dryRun: boolean) => Understanding;

/** Reads a text as going on with the thread; null when it stands on its own. */
export function continueThread(text: string, scene: Scene, lattice: Lattice, alone: Alone): Understanding | null {
  void text;
  void lattice;
  void alone;
  if (scene.context.previous === null) return null;
  return null;
}
