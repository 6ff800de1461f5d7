import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (name: string) =>
  readFileSync(new URL(`../../../sandbox/playground/public/css/${name}`, import.meta.url), 'utf8');

/** `--name: light-dark(#a, #b)` to both colours. */
const tokens = new Map(
  [...read('tokens.css').matchAll(/--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
);
const avatars = [...read('base.css').matchAll(/--avatar: (#[0-9a-f]{6})/g)].map((match) => match[1] ?? '');

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2.2 contrast ratio, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** Text on ground, as the styles combine them. */
const TEXT: [string, string[]][] = [
  ['ink', ['page', 'surface', 'raised', 'hover', 'accent-wash', 'good-wash', 'warn-wash', 'bad-wash']],
  ['quiet', ['surface', 'raised', 'hover', 'accent-wash', 'good-wash', 'bad-wash']],
  ['accent-text', ['surface', 'raised', 'hover', 'accent-wash']],
  ['accent-ink', ['accent']],
  ['bad-ink', ['bad']],
  ['good', ['surface', 'good-wash']],
  ['warn', ['warn-wash']],
  ['bad', ['surface', 'bad-wash']],
  ['banner-ink', ['banner']],
];

/** Borders of controls, focus rings and state marks need 3:1 (WCAG 1.4.11). */
const SHAPES: [string, string[]][] = [
  ['line-strong', ['surface', 'raised']],
  ['focus', ['surface', 'page', 'raised', 'accent-wash']],
  ['good', ['surface']],
  ['warn', ['surface']],
];

const pairs = (table: [string, string[]][]) =>
  table.flatMap(([front, grounds]) =>
    grounds.flatMap((ground) => (['light', 'dark'] as const).map((theme) => [front, ground, theme] as const)),
  );

function colour(name: string, theme: 'light' | 'dark'): string {
  const found = tokens.get(name)?.[theme];
  if (found === undefined) throw new Error(`no colour --${name}`);
  return found;
}

describe('colours', () => {
  it.each(pairs(TEXT))('let %s be read on %s, %s', (front, ground, theme) => {
    expect(contrast(colour(front, theme), colour(ground, theme))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(pairs(SHAPES))('let %s be made out on %s, %s', (front, ground, theme) => {
    expect(contrast(colour(front, theme), colour(ground, theme))).toBeGreaterThanOrEqual(3);
  });

  it('let the initials of everybody be read', () => {
    expect(avatars.length).toBeGreaterThan(5);
    for (const ground of avatars) expect(contrast('#ffffff', ground)).toBeGreaterThanOrEqual(4.5);
  });

  it('come from the tokens alone', () => {
    for (const name of ['layout.css', 'people.css', 'conversation.css', 'blocks.css', 'account.css']) {
      expect([name, read(name).match(/#[0-9a-f]{3,8}\b/gi)]).toEqual([name, null]);
    }
  });
});
