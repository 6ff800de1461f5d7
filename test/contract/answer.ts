import type { RingCentralSandbox } from '#sandbox/ringcentral/server.ts';
import type { OfficialDocument } from './document.ts';
import type { Facts } from './scenario.ts';
import type { Validator } from './validate.ts';

/** An answer as the checks see it. */
export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: unknown;
};

/** Lets a test put something wrong into answers. */
export type Alter = (operationId: string, answer: Answer) => Answer;

/** What a step is run with. */
export type Replay = {
  readonly sandbox: RingCentralSandbox;
  readonly document: OfficialDocument;
  readonly validator: Validator;
  readonly facts: Facts;
  readonly alter: Alter;
};
