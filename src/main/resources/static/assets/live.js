// Keeps an open page true. Numbers come with the event itself; everything that needs words, rows or curves is fetched
// from the server as the page it would be now, and only the parts that differ are put in place.
import { listen } from './stream.js';
import * as format from './format.js';
import './chart.js';

const page = document.querySelector('[data-live-page]');
const session = page.dataset.livePage === 'session';
const FRESH_FOR = page.dataset.livePage === 'dashboard' ? 4000 : 2500;
const RETRY = [1000, 2000, 5000, 10000, 30000];
const LONGEST_FETCH = 20000;
const MOST_PAGES = 10;

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
  if (data.energyKwh != null) {
    write(value('energy', within), (session ? format.energy : format.energyShort)(data.energyKwh));
    if (value('range', within).length) write(value('range', within), format.range(data.energyKwh));
  }
  if (data.powerKw != null) {
    write(value('power', within), format.power(data.powerKw));
    for (const bar of within.querySelectorAll('[data-gauge]')) {
      const share = Math.min(100, Math.max(0, 100 * data.powerKw / bar.dataset.gauge));
      bar.setAttribute('width', share.toFixed(1));
    }
  }
  if (data.averageKw != null && data.note !== 'checking') write(value('average', within), format.power(data.averageKw));
  if (data.soc != null) write(value('soc', within), format.percent(data.soc));
  if (data.cost?.coverage === 'billed') {
    const amounts = data.cost.amounts ?? [data.cost];
    write(value('cost', within), amounts.map(sum => format.money(sum.amount, sum.currency)).join(' + '));
  }
  const card = live();
  if (session && card && data.lastReadingAt) card.dataset.lastReading = Date.parse(data.lastReadingAt);
}

// A session may be in more than one place: as a tile and in a list.
function rowsOf(id) {
  return [...page.querySelectorAll(`[data-key="${CSS.escape(String(id))}"]`)];
}

function apply(data) {
  if (session) numbers(data, page);
  else for (const row of rowsOf(data.id)) if (row.dataset.rowLive) numbers(data, row);
  tick();
}

// --- the page as the server would render it now ---

let refreshing = false;
let wanted = false;
let lastRefresh = Date.now();
let failures = 0;
let timer = null;
let due = Infinity;
let toldOver = false;

function refresh(soon = false) {
  wanted = true;
  plan(soon ? Date.now() : Math.max(Date.now(), lastRefresh + FRESH_FOR));
}

function plan(at) {
  if (at >= due) return;
  due = at;
  clearTimeout(timer);
  timer = setTimeout(run, at - Date.now());
}

async function run() {
  due = Infinity;
  if (refreshing) return;
  refreshing = true;
  wanted = false;
  lastRefresh = Date.now();
  try {
    await renew();
    failures = 0;
  } catch {
    // The network is away, or the server is: asked again later, or as soon as either is back.
    failures++;
  }
  refreshing = false;
  if (failures) plan(Date.now() + RETRY[Math.min(failures, RETRY.length) - 1]);
  else if (wanted) refresh();
}

async function load(address) {
  const answer = await fetch(address, {
    headers: { 'X-Requested-With': 'live' }, credentials: 'same-origin', signal: AbortSignal.timeout(LONGEST_FETCH),
  });
  if (answer.redirected || answer.status === 401 || answer.status === 404) {
    location.reload();
    return null;
  }
  if (!answer.ok) throw new Error(`The page came with ${answer.status}`);
  return new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-live-page]');
}

async function renew() {
  const fresh = await load(location.href);
  if (!fresh) return;
  await reach(fresh);
  for (const part of fresh.querySelectorAll('[data-part]')) replace(part);
  page.dataset.live = fresh.dataset.live;
  if (fresh.dataset.now) page.dataset.now = fresh.dataset.now;
  if (session && !live()) endStop();
  setClock();
  if (connectionState) connection(connectionState);
  tick();
  if (toldOver && page.dataset.live === 'true') throw new Error('The page is behind its stream');
}

// The notice of an accepted stop announces the end of the session; after it, a reload does not announce it again.
function endStop() {
  const here = new URL(location.href);
  if (here.searchParams.get('stop') !== 'accepted') return;
  here.searchParams.delete('stop');
  history.replaceState(history.state, '', here);
  document.querySelector('#main > .notice')?.remove();
}

// Rows that were loaded later and are not over: as many further pages as it takes to see what has become of them.
async function reach(fresh) {
  const lowest = [...page.querySelectorAll('[data-merge] > :not([data-over])')].at(-1);
  for (let pages = 0; lowest && pages < MOST_PAGES; pages++) {
    const rows = fresh.querySelector('[data-merge]');
    const more = fresh.querySelector('#more a');
    if (!rows || !more || !isBefore(rows.lastElementChild, lowest)) return;
    const following = await load(more.getAttribute('href'));
    if (!following?.querySelector('[data-merge]')) return;
    rows.append(...following.querySelector('[data-merge]').children);
    fresh.querySelector('#more').replaceWith(following.querySelector('#more'));
  }
}

function replace(fresh) {
  const old = page.querySelector(`[data-part=${fresh.dataset.part}]`);
  if (!old) return;
  // A frame around other parts comes and goes; what is in it is theirs.
  if ('frame' in fresh.dataset && !old.firstElementChild === !fresh.firstElementChild) return;
  if (fresh.querySelector('[data-merge]') && old.querySelector('[data-merge]')) return merge(old, fresh);
  // Somebody is about to press the button: their panel stays, unless the charge is over.
  const asked = old.querySelector('details.confirm[open] form')?.getAttribute('action');
  if (asked && fresh.querySelector(`form[action="${CSS.escape(asked)}"]`)) return;
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
  for (const opened of old.querySelectorAll('details[data-keep][open]')) {
    const same = [...fresh.querySelectorAll('details[data-keep]')].find(it => it.dataset.keep === opened.dataset.keep);
    if (same) same.open = true;
  }
  old.replaceChildren(...fresh.childNodes);
  globalThis.htmx?.process(old);
  if (focus) follow(old, focus)?.focus({ preventScroll: true });
}

// Rows are known by their key, newest first. What the server lists no more goes, as far down as it was asked; rows of
// further pages stay.
function merge(oldPart, freshPart) {
  const old = oldPart.querySelector('[data-merge]');
  const rows = [...freshPart.querySelector('[data-merge]').children];
  const keys = new Set(rows.map(row => row.dataset.key));
  const last = freshPart.querySelector('#more a') ? rows.at(-1) : null;
  for (const row of [...old.children]) {
    if (!keys.has(row.dataset.key) && !(last && isBefore(last, row))) row.remove();
  }
  const goesOn = old.lastElementChild && !keys.has(old.lastElementChild.dataset.key);
  let at = old.firstElementChild;
  for (const row of rows) {
    const same = old.querySelector(`[data-key="${CSS.escape(row.dataset.key)}"]`);
    if (!same) {
      row.classList.add('fresh');
      old.insertBefore(row, at);
      continue;
    }
    at = same.nextElementSibling;
    if (same.outerHTML === row.outerHTML) continue;
    const focused = same.contains(document.activeElement);
    same.replaceWith(row);
    if (focused) row.querySelector('a')?.focus({ preventScroll: true });
  }
  const more = oldPart.querySelector('#more');
  const freshMore = freshPart.querySelector('#more');
  // The next page begins after the last row: only where that is the server's own does its link hold.
  if (!more || !freshMore || goesOn || more.innerHTML === freshMore.innerHTML) return;
  more.replaceChildren(...freshMore.childNodes);
  globalThis.htmx?.process(more);
}

function isBefore(row, other) {
  const started = it => Date.parse(it.querySelector('time').dateTime);
  return started(row) > started(other)
    || (started(row) === started(other) && Number(row.dataset.key) > Number(other.dataset.key));
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

const isOver = () => session && page.dataset.live !== 'true';
const isMine = data => !session || String(data.id) === page.dataset.id;

let listening = false;

if (!isOver()) listen({
  state(now) {
    setConnection(now);
    if (now !== 'live' || listening) return;
    listening = true;
    // What ended between the rendering of this page and its stream is told by neither.
    if (!isOver() && page.querySelector('.live, [data-merge] > :not([data-over])')) refresh();
  },
  session(data) {
    if (isOver() || !isMine(data)) return;
    apply(data);
    const over = data.status === 'completed';
    toldOver = session && over;
    const rows = session ? [] : rowsOf(data.id);
    // What a list has shown as over needs no look again unless the event says it changed since.
    if (session || !over || !rows.length || rows.some(row => !row.dataset.over)) refresh(over);
  },
  meter(data) {
    if (isOver() || !isMine(data)) return;
    apply(data);
    if (session) refresh();
  },
  timeline(data) {
    if (!isOver() && isMine(data)) refresh();
  },
  missed() {
    if (!isOver()) refresh();
  },
});

// What failed is tried at once when it may work again.
document.addEventListener('visibilitychange', () => {
  if (document.hidden) return;
  tick();
  if (failures) refresh(true);
});
addEventListener('online', () => { if (failures) refresh(true); });

setClock();
tick();
setInterval(tick, 1000);
