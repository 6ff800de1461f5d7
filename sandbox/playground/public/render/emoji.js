/** The shortcodes an assistant for roles is likely to use; others stay readable as `:name:`. */
const EMOJI = new Map(
  Object.entries({
    white_check_mark: '✅',
    heavy_check_mark: '✔️',
    ballot_box_with_check: '☑️',
    x: '❌',
    no_entry: '⛔',
    no_entry_sign: '🚫',
    warning: '⚠️',
    rotating_light: '🚨',
    information_source: 'ℹ️',
    question: '❓',
    grey_question: '❔',
    exclamation: '❗',
    lock: '🔒',
    unlock: '🔓',
    key: '🔑',
    shield: '🛡️',
    bust_in_silhouette: '👤',
    busts_in_silhouette: '👥',
    hourglass: '⌛',
    hourglass_flowing_sand: '⏳',
    alarm_clock: '⏰',
    clock1: '🕐',
    arrow_right: '➡️',
    arrow_left: '⬅️',
    heavy_plus_sign: '➕',
    heavy_minus_sign: '➖',
    large_green_circle: '🟢',
    large_yellow_circle: '🟡',
    red_circle: '🔴',
    white_circle: '⚪',
    bulb: '💡',
    mag: '🔍',
    memo: '📝',
    page_facing_up: '📄',
    bookmark_tabs: '📑',
    bell: '🔔',
    eyes: '👀',
    wave: '👋',
    tada: '🎉',
    thumbsup: '👍',
    '+1': '👍',
    thumbsdown: '👎',
    '-1': '👎',
    raised_hands: '🙌',
    pray: '🙏',
    smile: '😄',
    slightly_smiling_face: '🙂',
    thinking_face: '🤔',
    robot_face: '🤖',
    gear: '⚙️',
    wrench: '🔧',
    link: '🔗',
    phone: '☎️',
    telephone_receiver: '📞',
    house: '🏠',
    office: '🏢',
    rocket: '🚀',
    sparkles: '✨',
    arrows_counterclockwise: '🔄',
    leftwards_arrow_with_hook: '↩️',
  }),
);

/**
 * The sign for a shortcode, or null when it is not known here.
 *
 * @param {string} name without colons
 */
export function emojiFor(name) {
  return EMOJI.get(name) ?? null;
}

/** Replaces the known shortcodes in a text. @param {string} text */
export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+-]{1,60}):/g, (all, name) => emojiFor(name) ?? all);
}
