// Writes numbers as the server's Format does; locale and zone come from the page.
const { locale, zone, distance, consumption } = document.documentElement.dataset;

const decimals = (minimum, maximum = minimum) =>
  new Intl.NumberFormat(locale, { minimumFractionDigits: minimum, maximumFractionDigits: maximum });
const none = decimals(0), one = decimals(1), two = decimals(2), three = decimals(3);
const clockTime = new Intl.DateTimeFormat(locale, {
  timeZone: zone, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23',
});
const currencies = new Map();

export const MISSING = '–';

const withoutMinusZero = text => (/[1-9]/.test(text) ? text : text.replace(/^-/, ''));

export const energy = kwh => withoutMinusZero(three.format(kwh));
export const energyShort = kwh => withoutMinusZero(two.format(kwh));
export const range = kwh =>
  `≈ ${withoutMinusZero(none.format(distance === 'mi' ? kwh * consumption : 100 * kwh / consumption))} ${distance}`;
export const percent = value => none.format(value);
export const time = instant => clockTime.format(instant);

export function power(kw) {
  if (kw === null || kw === undefined) return MISSING;
  return Math.abs(Number(Number(kw).toFixed(2))) < 10 ? two.format(kw) : one.format(kw);
}

export function money(amount, currency) {
  if (!currencies.has(currency)) {
    currencies.set(currency, new Intl.NumberFormat(locale, { style: 'currency', currency }));
  }
  return withoutMinusZero(currencies.get(currency).format(amount));
}

export function duration(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (seconds < 60) return `${seconds} s`;
  if (minutes < 60) return `${minutes} min`;
  if (hours < 48) return `${hours} h ${minutes % 60} min`;
  return `${none.format(Math.floor(hours / 24))} d ${hours % 24} h`;
}

export function clock(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = value => String(value).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
