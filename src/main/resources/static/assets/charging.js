// Keeps the banner of what charges now true, also where nothing charged when the page was loaded. The dashboard has its
// tiles instead.
import { halt, listen } from './stream.js';
import * as format from './format.js';

const RETRY = [2000, 5000, 15000, 60000];
const banner = document.querySelector('#charging');
const page = document.querySelector('[data-live-page]');

let renewing = false;
let wanted = false;
let failures = 0;

// What the stream said, since the banner was last asked for, of charges that are not in it yet: it may be newer.
const heard = new Map();

const find = id => banner.querySelector(`[data-charge="${CSS.escape(String(id))}"]`);

function apply(data) {
  const charge = find(data.id);
  if (!charge) {
    if (data.isLive == null || String(data.id) === page?.dataset.id) return;
    heard.set(String(data.id), data);
    if (data.isLive) renew();
    return;
  }
  if (data.isLive === false) return remove(charge);
  show(charge, data);
}

function show(charge, data) {
  if (data.powerKw != null) charge.querySelector('[data-value=power]').textContent = format.power(data.powerKw);
  if (data.energyKwh != null) charge.querySelector('[data-value=energy]').textContent = format.energyShort(data.energyKwh);
}

function remove(charge) {
  charge?.remove();
  if (!banner.querySelector('[data-charge]')) banner.replaceChildren();
}

/** The banner as the server would write it now. */
async function renew() {
  wanted = true;
  if (renewing) return;
  renewing = true;
  while (wanted) {
    wanted = false;
    heard.clear();
    try {
      const address = `/charging?back=${encodeURIComponent(banner.dataset.back)}`;
      const answer = await fetch(address, { credentials: 'same-origin', signal: AbortSignal.timeout(20000) });
      if (answer.redirected || answer.status === 401) return halt();
      if (!answer.ok) throw new Error(`The banner came with ${answer.status}`);
      merge(new DOMParser().parseFromString(await answer.text(), 'text/html'));
      failures = 0;
    } catch {
      wanted = true;
      await new Promise(resolve => setTimeout(resolve, RETRY[Math.min(failures++, RETRY.length - 1)]));
    }
  }
  renewing = false;
}

/** What stays is left alone: somebody may be about to press its button. */
function merge(whole) {
  const fresh = [...whole.querySelectorAll('[data-charge]')].filter(it => it.dataset.charge !== page?.dataset.id);
  const ids = new Set(fresh.map(charge => charge.dataset.charge));
  for (const charge of banner.querySelectorAll('[data-charge]')) if (!ids.has(charge.dataset.charge)) remove(charge);
  const isOver = charge => heard.get(charge.dataset.charge)?.isLive === false;
  const unknown = fresh.filter(charge => !find(charge.dataset.charge) && !isOver(charge));
  for (const charge of unknown) if (heard.has(charge.dataset.charge)) show(charge, heard.get(charge.dataset.charge));
  if (!unknown.length) return;
  const bar = banner.querySelector('.charging-bar') ?? whole.querySelector('.charging-bar');
  if (!banner.contains(bar)) {
    bar.replaceChildren();
    banner.replaceChildren(bar);
  }
  bar.prepend(...unknown);
}

if (page?.dataset.livePage !== 'dashboard') listen({ session: apply, meter: apply, missed: renew });
