// The page's one stream of all its viewer's sessions, for whatever on the page listens: browsers allow few connections
// per host. A page that nobody sees gives its own back, and catches up when it is seen again.
const ADDRESS = '/api/v1/stream';
const RETRY = [1000, 2000, 5000, 10000, 30000];
const HIDDEN_FOR = 60000;

const listeners = [];
let source = null;
let failures = 0;
let retryTimer = null;
let hiddenTimer = null;
let connected = false;
let state = null;
let halted = false;

const tell = (what, detail) => {
  for (const listener of listeners) listener[what]?.(detail);
};

const become = now => {
  state = now;
  tell('state', now);
};

/**
 * @param listener with any of session, meter, timeline (an event's data), state ('live', 'reconnecting', 'offline') and
 *     missed: something may have happened that no event told
 */
export function listen(listener) {
  listeners.push(listener);
  open();
  if (!connected) return;
  // A module that came late has heard nothing of what the stream began with.
  listener.state?.(state);
  listener.missed?.();
}

/** Nobody is signed in any more. */
export function halt() {
  halted = true;
  close();
}

function open() {
  clearTimeout(retryTimer);
  if (halted || source) return;
  source = new EventSource(ADDRESS);
  source.addEventListener('open', () => {
    failures = 0;
    become('live');
    if (connected) tell('missed');
    connected = true;
  });
  for (const name of ['session', 'meter', 'timeline']) {
    source.addEventListener(name, event => tell(name, JSON.parse(event.data)));
  }
  source.addEventListener('error', () => {
    if (source?.readyState !== EventSource.CLOSED) return become('reconnecting');
    // The server said no, or there was nobody: the page itself will tell which, and a later try the rest.
    close();
    become('offline');
    tell('missed');
    retryTimer = setTimeout(open, RETRY[Math.min(failures++, RETRY.length - 1)]);
  });
}

function close() {
  clearTimeout(retryTimer);
  source?.close();
  source = null;
}

document.addEventListener('visibilitychange', () => {
  clearTimeout(hiddenTimer);
  if (document.hidden) hiddenTimer = setTimeout(close, HIDDEN_FOR);
  else open();
});
addEventListener('online', open);
addEventListener('offline', () => become('offline'));
addEventListener('pagehide', close);
addEventListener('pageshow', event => {
  if (!event.persisted) return;
  tell('missed');
  open();
});
