const POLL_MS = 2_000;

/** Names of events, where a sandbox gives them one. */
const EVENT_NAMES = [
  'message',
  'home',
  'view',
  'delivery',
  'member',
  'assistant',
  'connection',
  'reset',
  'state',
  'call',
];

/**
 * Follows a sandbox's event stream, and asks at intervals while the stream is down.
 *
 * @param {string} url
 * @param {{ onEvent(event: any): void, onPoll(): void, onStatus(isLive: boolean): void }} listener
 */
export function follow(url, { onEvent, onPoll, onStatus }) {
  let poll = null;
  const startPolling = () => {
    onStatus(false);
    poll ??= setInterval(onPoll, POLL_MS);
  };
  const stopPolling = () => {
    clearInterval(poll ?? undefined);
    poll = null;
    onStatus(true);
  };
  const open = () => {
    const source = new EventSource(url);
    source.addEventListener('open', () => {
      stopPolling();
      // Whatever happened while nobody listened.
      onPoll();
    });
    source.addEventListener('error', () => {
      startPolling();
      // A refused stream is closed for good by the browser; a new one is tried.
      if (source.readyState === EventSource.CLOSED) setTimeout(open, POLL_MS);
    });
    for (const name of EVENT_NAMES) source.addEventListener(name, (event) => onEvent(parse(event.data, name)));
  };
  open();
}

function parse(data, name) {
  try {
    return { type: name, ...JSON.parse(data) };
  } catch {
    return { type: name };
  }
}

/**
 * A function that does its work once for many calls that come close together, and once more for those that come
 * while it works.
 *
 * @param {() => Promise<void>} work
 * @param {number} waitMs
 */
export function gathered(work, waitMs) {
  let isWaiting = false;
  let isRunning = false;
  let again = false;
  async function run() {
    isWaiting = false;
    isRunning = true;
    try {
      await work();
    } finally {
      isRunning = false;
      if (again) {
        again = false;
        schedule();
      }
    }
  }
  function schedule() {
    if (isRunning) again = true;
    else if (!isWaiting) {
      isWaiting = true;
      setTimeout(run, waitMs);
    }
  }
  return schedule;
}
