import { z } from 'zod';
import type { Plan } from '../domain/change.ts';
import type { AskAbout, Understanding } from '../domain/understanding.ts';
import type { Act } from './acts.ts';
import type { Said } from './said.ts';

/** What a preview keeps until its click. */
export type ConfirmBody = Said & {
  readonly kind: 'confirm';
  readonly acts: readonly Act[];
  readonly plan: Plan;
};

/** What a question keeps until somebody chooses. */
export type ChooseBody = {
  readonly kind: 'choose';
  readonly understanding: Understanding;
  readonly about: AskAbout;
  readonly words: string;
  readonly values: readonly string[];
  /**
   * What a choice does: `fill` the unclear slot, `narrow` a slot that named several to one, give a role in the place of
   * an only one, or `become` another act, whose slots the value holds as JSON.
   */
  readonly mode: 'fill' | 'narrow' | 'replace-last-role' | 'become';
};

/** What the question how far an undo goes keeps until somebody chooses. */
export type UndoBody = { readonly kind: 'undo'; readonly change: string };

/** What an offer keeps: things understood on the asker's behalf, one for each button. Nothing runs before its click. */
export type OfferBody = { readonly kind: 'offer'; readonly offers: readonly Understanding[] };

// All were written by this program; the outer shape is checked so that a record of another version is no crash later.
const confirmShape = z.object({
  kind: z.literal('confirm'),
  acts: z.array(z.looseObject({})),
  plan: z.looseObject({}),
});
const chooseShape = z.object({
  kind: z.literal('choose'),
  understanding: z.looseObject({}),
  values: z.array(z.string()),
});

const undoShape = z.object({ kind: z.literal('undo'), change: z.string() });

/** Reads what the question of an undo kept; null when it is something else. */
export function readUndoBody(text: string): UndoBody | null {
  return undoShape.safeParse(JSON.parse(text)).data ?? null;
}

const offerShape = z.object({ kind: z.literal('offer'), offers: z.array(z.looseObject({})) });

/** Reads what an offer kept; null when it is something else. */
export function readOfferBody(text: string): OfferBody | null {
  const json: unknown = JSON.parse(text);
  return offerShape.safeParse(json).success ? (json as OfferBody) : null;
}

/** Reads what a preview kept; null when it is something else. */
export function readConfirmBody(text: string): ConfirmBody | null {
  const json: unknown = JSON.parse(text);
  return confirmShape.safeParse(json).success ? (json as ConfirmBody) : null;
}

/** Reads what a question kept; null when it is something else. */
export function readChooseBody(text: string): ChooseBody | null {
  const json: unknown = JSON.parse(text);
  return chooseShape.safeParse(json).success ? (json as ChooseBody) : null;
}
