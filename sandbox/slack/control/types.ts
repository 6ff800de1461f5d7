import type { World } from '../world.ts';

/** A running sandbox as the control API handles it. */
export type Controlled = { readonly world: World; readonly reset: () => void };
