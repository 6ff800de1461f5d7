/** Formats behind Slack's date tokens, in the reader's own language and time zone. */
const FORMATS = {
  date_long: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  date_long_full: { year: 'numeric', month: 'long', day: 'numeric' },
  date: { month: 'long', day: 'numeric' },
  date_short: { year: 'numeric', month: 'short', day: 'numeric' },
  date_slash: { year: 'numeric', month: '2-digit', day: '2-digit' },
  time: { hour: 'numeric', minute: '2-digit' },
  time_secs: { hour: 'numeric', minute: '2-digit', second: '2-digit' },
};

/**
 * Fills a template such as `{date_short} at {time}`. Tokens that are not known stay as they are.
 *
 * @param {string} template
 * @param {number} timestamp seconds since 1970
 * @returns {string | null} null when the timestamp is no instant
 */
export function formatDate(template, timestamp) {
  const date = new Date(timestamp * 1000);
  if (typeof template !== 'string' || Number.isNaN(date.getTime())) return null;
  return template.replace(/\{([a-z_]+)\}/g, (all, token) => formatToken(token, date) ?? all);
}

function formatToken(token, date) {
  if (token === 'date_num') return date.toISOString().slice(0, 10);
  if (token === 'ago') return clock(date);
  if (token === 'day_divider_pretty') return formatToken('date_long', date);
  const name = token.replace(/_pretty$/, '');
  return Object.hasOwn(FORMATS, name) ? new Intl.DateTimeFormat(undefined, FORMATS[name]).format(date) : null;
}

/** The time of day of an instant, to the minute. @param {Date} date */
export function clock(date) {
  return new Intl.DateTimeFormat(undefined, FORMATS.time).format(date);
}

/** The time of day to the second. @param {Date} date */
export function clockWithSeconds(date) {
  return new Intl.DateTimeFormat(undefined, FORMATS.time_secs).format(date);
}
