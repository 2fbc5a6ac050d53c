// Keeps the banner of what charges now true. Where the page itself listens to all sessions, its stream serves both.
import * as format from './format.js';

const HIDDEN_FOR = 60000;
const RETRY = 30000;
const banner = document.querySelector('#charging');
const shared = document.querySelector('[data-live-page]')?.dataset.stream === '/api/v1/stream';

let source = null;
let timer = null;

function apply(data) {
  const charge = banner.querySelector(`[data-charge="${CSS.escape(String(data.id))}"]`);
  if (!charge) return;
  if (data.isLive === false) {
    charge.remove();
    if (!banner.querySelector('[data-charge]')) {
      banner.replaceChildren();
      close();
    }
    return;
  }
  if (data.powerKw != null) charge.querySelector('[data-value=power]').textContent = format.power(data.powerKw);
  if (data.energyKwh != null) charge.querySelector('[data-value=energy]').textContent = format.energyShort(data.energyKwh);
}

function open() {
  clearTimeout(timer);
  if (shared || source || !banner.querySelector('[data-charge]')) return;
  source = new EventSource('/api/v1/stream');
  for (const name of ['session', 'meter']) source.addEventListener(name, event => apply(JSON.parse(event.data)));
  source.addEventListener('error', () => {
    if (source?.readyState !== EventSource.CLOSED) return;
    close();
    timer = setTimeout(open, RETRY);
  });
}

function close() {
  source?.close();
  source = null;
}

document.addEventListener('polaris:session', event => apply(event.detail));
document.addEventListener('visibilitychange', () => {
  clearTimeout(timer);
  if (document.hidden) timer = setTimeout(close, HIDDEN_FOR);
  else open();
});
addEventListener('pagehide', close);
addEventListener('pageshow', open);
open();
