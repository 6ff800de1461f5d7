const POLL_MS = 2_000;

/** The two sandboxes, under whose names events come. */
const SOURCES = ['slack', 'ringcentral'];

/**
 * Follows the event stream while the page can be seen, and asks at intervals while the stream is down. A page in the
 * background lets go of its connection, of which a browser has few for each server.
 *
 * @param {{ onEvent(source: string, event: any): void, onPoll(): void, onStatus(isLive: boolean): void }} listener
 */
export function follow({ onEvent, onPoll, onStatus }) {
  let poll = null;
  let source = null;

  function setLive(isLive) {
    onStatus(isLive);
    clearInterval(poll ?? undefined);
    poll = isLive ? null : setInterval(onPoll, POLL_MS);
  }

  function open() {
    source?.close();
    if (document.hidden) return;
    const opened = new EventSource('/api/events');
    source = opened;
    opened.addEventListener('open', () => {
      setLive(true);
      // Whatever happened while nobody listened.
      onPoll();
    });
    opened.addEventListener('error', () => {
      if (source !== opened) return;
      setLive(false);
      // A refused stream is closed for good by the browser; a new one is tried.
      if (opened.readyState === EventSource.CLOSED) setTimeout(() => source === opened && open(), POLL_MS);
    });
    for (const name of SOURCES) opened.addEventListener(name, (event) => onEvent(name, parse(event.data)));
  }

  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) return open();
    source?.close();
    source = null;
    clearInterval(poll ?? undefined);
  });
  open();
}

function parse(data) {
  try {
    return JSON.parse(data);
  } catch {
    return {};
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
