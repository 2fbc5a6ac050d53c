// The pointer's readout over the server-drawn curves. Follows the page when live.js renews the chart.
import * as format from './format.js';

let plot = null;
let points = [];

function read(target) {
  if (plot === target) return;
  plot = target;
  points = JSON.parse(target.dataset.points);
}

function nearest(seconds) {
  let low = 0, high = points.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (points[middle][0] < seconds) low = middle; else high = middle;
  }
  return seconds - points[low][0] < points[high][0] - seconds ? points[low] : points[high];
}

// The curves are paths in a square of 1000: the same point on the path is the same height on the screen.
function heightOf(path, left) {
  const numbers = path?.getAttribute('d').match(/-?[\d.]+/g) ?? [];
  let best = null;
  for (let i = 0; i + 1 < numbers.length; i += 2) {
    const distance = Math.abs(numbers[i] - left);
    if (best === null || distance < best.distance) best = { distance, height: Number(numbers[i + 1]) };
  }
  return best?.height;
}

function show(event) {
  const target = event.target.closest?.('[data-plot]');
  if (!target) return hide();
  read(target);
  if (points.length < 2) return;
  const box = target.getBoundingClientRect();
  const first = points[0][0], last = points.at(-1)[0];
  const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
  const [at, kw, kwh] = nearest(first + share * (last - first));
  const left = (at - first) / (last - first);
  const cursor = target.querySelector('.cursor');
  cursor.removeAttribute('hidden');
  const x = `${left * 100}%`;
  cursor.querySelector('line').setAttribute('x1', x);
  cursor.querySelector('line').setAttribute('x2', x);
  place(cursor.querySelector('.cursor-energy'), x, heightOf(target.querySelector('.line-energy'), left * 1000));
  place(cursor.querySelector('.cursor-power'), x,
    kw === null ? undefined : heightOf(target.querySelector('.line-power'), left * 1000));
  legend('time', format.time(at * 1000));
  legend('power', format.power(kw));
  legend('energy', format.energy(kwh));
}

function place(dot, x, height) {
  dot.toggleAttribute('hidden', height === undefined);
  if (height === undefined) return;
  dot.setAttribute('cx', x);
  dot.setAttribute('cy', `${height / 10}%`);
}

function legend(name, text) {
  const place = document.querySelector(`[data-legend-${name}]`);
  if (place && place.textContent !== text) place.textContent = text;
}

function hide() {
  document.querySelector('[data-plot] .cursor')?.setAttribute('hidden', '');
  for (const name of ['time', 'power', 'energy']) legend(name, '');
}

document.addEventListener('pointermove', show);
document.addEventListener('pointerdown', show);
document.addEventListener('pointerleave', hide);
