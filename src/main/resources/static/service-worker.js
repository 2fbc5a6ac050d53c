// Keeps the page that is shown without a network and the files it needs; nothing of anybody's own.
const CACHE = 'offline';
const PAGE = '/offline';

const keep = async () => {
  const page = await fetch(PAGE, { cache: 'reload' });
  const files = [...(await page.clone().text()).matchAll(/(?:href|src)="(\/(?:assets|webjars)\/[^"#]+)/g)].map(found => found[1]);
  await caches.delete(CACHE);
  const cache = await caches.open(CACHE);
  await cache.put(PAGE, page);
  await cache.addAll([...new Set(files)]);
};

const kept = async (key, failure) => {
  const answer = await caches.match(key);
  if (!answer) throw failure;
  return answer;
};

self.addEventListener('install', event => event.waitUntil(keep().then(() => self.skipWaiting())));
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()));
// Only the page that stands in for another one needs its files from here.
let offline = false;

const page = async request => {
  try {
    const answer = await fetch(request);
    offline = false;
    return answer;
  } catch (failure) {
    offline = true;
    return kept(PAGE, failure);
  }
};

self.addEventListener('fetch', event => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.mode === 'navigate') {
    event.respondWith(page(request));
  } else if (offline && origin === location.origin && /^\/(assets|webjars)\//.test(pathname)) {
    event.respondWith(fetch(request).catch(failure => kept(request.url, failure)));
  }
});
