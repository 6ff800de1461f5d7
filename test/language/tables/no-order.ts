import type { NoRow } from './row.ts';

/** Sentences that say not to act, or nothing that the assistant knows. */
export const NO_ORDER: readonly NoRow[] = [
  ['thanks', 'not-understood'],
  ['lol', 'not-understood'],
  ["what's the weather", 'not-understood'],
  ['tell me a joke', 'not-understood'],
  ['I love pizza', 'not-understood'],
  ['what time is it', 'not-understood'],
  ["don't give bob manager", 'declined'],
  ['do not remove Manager from frank', 'declined'],
  ['never give carol Super Admin', 'declined'],
  ["please don't give bob Manager", 'declined'],
  ['never mind', 'declined'],
  ['give bob Manager. never mind', 'declined'],
  ['give bob Manager, just kidding', 'declined'],
  ['gib bob die Rolle Manager', 'not-understood'],
  ['bitte gib bob Manager bis Freitag', 'not-understood'],
  ['donne le rôle Manager à bob', 'not-understood'],
  ['dale a bob el rol Manager', 'not-understood'],
  ['bobにManagerをください', 'not-understood'],
  ['给 bob Manager 角色', 'not-understood'],
  ['stop giving bob Manager', 'declined'],
  ["don't approve A7K2", 'declined'],
  ["I can't approve A7K2", 'declined'],
];
