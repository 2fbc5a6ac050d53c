// Keeps an open page true. Numbers come with the event itself; everything that needs words, rows or curves is fetched
// from the server as the page it would be now, and only the parts that differ are put in place.
import * as format from './format.js';
import './chart.js';

const page = document.querySelector('[data-live-page]');
const session = page.dataset.livePage === 'session';
const FRESH_FOR = page.dataset.livePage === 'dashboard' ? 4000 : 2500;
const RETRY = [1000, 2000, 5000, 10000, 30000];
const HIDDEN_FOR = 60000;

let source = null;
let failures = 0;
let retryTimer = null;
let hiddenTimer = null;
let done = page.dataset.live !== 'true';
let clockOffset = 0;

const live = () => (session ? page.querySelector('.live') : null);
const value = (name, within = page) => within?.querySelectorAll(`[data-value=${name}]`) ?? [];

function write(places, text) {
  for (const place of places) if (place.textContent !== text) place.textContent = text;
}

// The server's clock counts: a browser's may be wrong by hours.
function setClock() {
  const now = (live() ?? page).dataset.now;
  if (now) clockOffset = Date.now() - Number(now);
}

function tick() {
  const now = Date.now() - clockOffset;
  const card = live();
  if (card) {
    write(value('elapsed', card), format.clock(now - card.dataset.started));
    const last = card.dataset.lastReading;
    if (last) write(value('age', card), card.dataset.textLastReading.replace('{0}', format.duration(now - last)));
  }
  for (const row of page.querySelectorAll('[data-row-live]')) {
    write(value('duration', row), format.duration(now - row.dataset.started));
    write(value('elapsed', row), format.clock(now - row.dataset.started));
  }
}

function connection(state) {
  const card = live();
  if (!card) return;
  card.querySelector('.conn').dataset.connection = state;
  write(value('connection', card), card.dataset[`text${state[0].toUpperCase()}${state.slice(1)}`]);
}

let connectionState = null;
function setConnection(state) {
  connectionState = state;
  connection(state);
}

// --- numbers straight from an event ---

function numbers(data, within) {
  if (data.energyKwh != null) write(value('energy', within), (session ? format.energy : format.energyShort)(data.energyKwh));
  if (data.powerKw != null) {
    write(value('power', within), format.power(data.powerKw));
    for (const bar of within.querySelectorAll('[data-gauge]')) {
      const share = Math.min(100, Math.max(0, 100 * data.powerKw / bar.dataset.gauge));
      bar.setAttribute('width', share.toFixed(1));
    }
  }
  if (data.averageKw != null) write(value('average', within), format.power(data.averageKw));
  if (data.soc != null) write(value('soc', within), format.percent(data.soc));
  if (data.cost?.amount != null && data.cost.coverage === 'billed') {
    write(value('cost', within), format.money(data.cost.amount, data.cost.currency));
  }
  const card = live();
  if (session && card && data.lastReadingAt) card.dataset.lastReading = Date.parse(data.lastReadingAt);
}

// A session may be in more than one place: as a tile and in a list.
function rowsOf(id) {
  return [...page.querySelectorAll(`[data-key="${CSS.escape(String(id))}"]`)];
}

function apply(data) {
  if (session) {
    numbers(data, page);
  } else {
    for (const row of rowsOf(data.id)) if (row.dataset.rowLive) numbers(data, row);
    document.dispatchEvent(new CustomEvent('polaris:session', { detail: data }));
  }
  tick();
}

// --- the page as the server would render it now ---

let refreshing = false;
let wanted = false;
let lastRefresh = 0;

function refresh(soon = false) {
  wanted = true;
  if (refreshing) return;
  refreshing = true;
  const wait = soon ? 0 : Math.max(0, lastRefresh + FRESH_FOR - Date.now());
  setTimeout(async () => {
    wanted = false;
    lastRefresh = Date.now();
    try {
      await renew();
    } catch {
      // The network is away: the stream says so too, and its return asks again.
    }
    refreshing = false;
    if (wanted) refresh();
  }, wait);
}

async function renew() {
  const url = new URL(location.href);
  url.searchParams.delete('cursor');
  const answer = await fetch(url, { headers: { 'X-Requested-With': 'live' }, credentials: 'same-origin' });
  if (answer.redirected || answer.status === 401 || answer.status === 404) return location.reload();
  if (!answer.ok) return;
  const whole = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const fresh = whole.querySelector('[data-live-page]');
  if (!fresh) return location.reload();
  renewBanner(whole);
  for (const part of fresh.querySelectorAll('[data-part]')) replace(part);
  page.dataset.live = fresh.dataset.live;
  if (fresh.dataset.now) page.dataset.now = fresh.dataset.now;
  setClock();
  if (connectionState) connection(connectionState);
  tick();
  if (session && page.dataset.live !== 'true') finish();
}

// A charge that began since has a banner then; its numbers come with events from there on.
function renewBanner(whole) {
  const old = document.querySelector('#charging');
  const fresh = whole.querySelector('#charging');
  if (!old || !fresh) return;
  const charges = it => [...it.querySelectorAll('[data-charge]')].map(charge => charge.dataset.charge).join();
  if (charges(old) === charges(fresh)) return;
  for (const script of fresh.querySelectorAll('script')) script.remove();
  old.replaceChildren(...fresh.childNodes);
  import('./charging.js');
}

function replace(fresh) {
  const old = page.querySelector(`[data-part=${fresh.dataset.part}]`);
  if (!old) return;
  if (fresh.querySelector('[data-merge]') && old.querySelector('[data-merge]')) {
    return merge(old.querySelector('[data-merge]'), fresh.querySelector('[data-merge]'));
  }
  if (old.querySelector('details.confirm[open]')) {
    // Somebody is about to press the button: their panel stays, unless the charge is over.
    if (fresh.querySelector('details.confirm')) return;
  }
  const known = new Set([...old.querySelectorAll('tr[data-key]')].map(row => row.dataset.key));
  if (known.size) for (const row of fresh.querySelectorAll('tr[data-key]')) {
    if (!known.has(row.dataset.key)) row.classList.add('fresh');
  }
  if (old.innerHTML === fresh.innerHTML) return;
  const focus = old.contains(document.activeElement) ? pathTo(old, document.activeElement) : null;
  // A status region must stay the same element for its change to be announced.
  const state = old.querySelector('[role=status]');
  const freshState = fresh.querySelector('[role=status]');
  if (state && freshState) {
    if (state.innerHTML !== freshState.innerHTML) state.replaceChildren(...freshState.childNodes);
    return;
  }
  old.replaceChildren(...fresh.childNodes);
  globalThis.htmx?.process(old);
  if (focus) follow(old, focus)?.focus({ preventScroll: true });
}

// Rows are known by their key: changed ones are replaced in place, new ones come first, those of further pages stay.
function merge(old, fresh) {
  let before = old.firstElementChild;
  for (const row of [...fresh.children]) {
    const same = old.querySelector(`[data-key="${CSS.escape(row.dataset.key)}"]`);
    if (same) {
      if (same.outerHTML !== row.outerHTML) same.replaceWith(row);
    } else if (!before || sortsBefore(row, before)) {
      row.classList.add('fresh');
      old.insertBefore(row, before);
    }
  }
}

function sortsBefore(row, other) {
  const started = it => it.querySelector('time').dateTime;
  return started(row) >= started(other);
}

function pathTo(root, element) {
  const path = [];
  for (let at = element; at !== root; at = at.parentElement) path.unshift([...at.parentElement.children].indexOf(at));
  return path;
}

function follow(root, path) {
  return path.reduce((at, index) => at?.children[index], root);
}

// --- the stream ---

function open() {
  clearTimeout(retryTimer);
  if (done || source) return;
  source = new EventSource(page.dataset.stream);
  source.addEventListener('open', () => {
    failures = 0;
    setConnection('live');
  });
  source.addEventListener('session', event => {
    const data = JSON.parse(event.data);
    apply(data);
    const rows = session ? [] : rowsOf(data.id);
    // What a list has shown as over needs no look again unless the event says it changed since.
    if (session || data.status === 'in_progress' || !rows.length || rows.some(row => row.dataset.rowLive)) refresh(data.status === 'completed');
    if (session && data.status === 'completed') finish();
  });
  source.addEventListener('meter', event => {
    apply(JSON.parse(event.data));
    if (session) refresh();
  });
  source.addEventListener('timeline', () => refresh());
  source.addEventListener('error', () => {
    if (done) return;
    if (source?.readyState !== EventSource.CLOSED) return setConnection('reconnecting');
    // The server said no, or there was nobody: the page itself will tell which, and a later try the rest.
    close();
    setConnection('offline');
    refresh();
    retryTimer = setTimeout(open, RETRY[Math.min(failures++, RETRY.length - 1)]);
  });
}

function close() {
  source?.close();
  source = null;
}

function finish() {
  done = true;
  close();
}

// Browsers allow few connections per host: a page that nobody sees gives its own back, and catches up when seen again.
document.addEventListener('visibilitychange', () => {
  clearTimeout(hiddenTimer);
  if (document.hidden) {
    hiddenTimer = setTimeout(close, HIDDEN_FOR);
  } else {
    open();
    tick();
  }
});
addEventListener('online', () => { if (!source) open(); });
addEventListener('offline', () => { if (!done) setConnection('offline'); });
addEventListener('pagehide', close);
addEventListener('pageshow', event => { if (event.persisted) { refresh(true); open(); } });

setClock();
tick();
setInterval(tick, 1000);
open();
