import {h} from './dom.js';

/** Numbers, times and durations as people read them; the exact value is on hover. */

const GROUPED = new Intl.NumberFormat('en', {maximumFractionDigits: 0});
const TIME = new Intl.DateTimeFormat(undefined, {
  year: 'numeric', month: 'short', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false,
});
const MINUTE = 60;
const HOUR = 3600;
const DAY = 86400;

/**
 * A number with as many digits as help to tell it from its neighbours.
 * @param {number|null|undefined} value
 * @param {number} [digits] significant ones
 */
export function number(value, digits = 4) {
  if (value === null || value === undefined || !Number.isFinite(value)) {
    return '–';
  }
  if (Number.isInteger(value) && Math.abs(value) < 1e15) {
    return Math.abs(value) >= 10000 ? GROUPED.format(value) : String(value);
  }
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) {
    return value.toExponential(digits - 2).replace(/\.?0+e/, 'e').replace('e+', 'e');
  }
  return size >= 1000 ? value.toFixed(1) : Number(value.toPrecision(digits)).toFixed(decimals(size, digits));
}

/** @param {number} size @param {number} digits */
function decimals(size, digits) {
  return Math.max(0, Math.min(digits, digits - 1 - Math.floor(Math.log10(size || 1))));
}

/** @param {number} value */
export function count(value) {
  return GROUPED.format(value);
}

/**
 * A value of a configuration.
 * @param {any} value
 */
export function plain(value) {
  if (value === null || value === undefined) {
    return 'none';
  }
  if (typeof value === 'number') {
    return number(value);
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** @param {number|null|undefined} seconds */
export function duration(seconds) {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) {
    return '–';
  }
  if (seconds < 10) {
    return `${seconds.toFixed(1)} s`;
  }
  if (seconds < 2 * MINUTE) {
    return `${Math.round(seconds)} s`;
  }
  if (seconds < 2 * HOUR) {
    return `${Math.round(seconds / MINUTE)} min`;
  }
  return seconds < 2 * DAY
      ? `${Math.floor(seconds / HOUR)} h ${Math.round((seconds % HOUR) / MINUTE)} min`
      : `${(seconds / DAY).toFixed(1)} days`;
}

/** @param {number} bytes */
export function size(bytes) {
  const units = ['B', 'kB', 'MB', 'GB'];
  let unit = 0;
  let value = bytes;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : value.toPrecision(3)} ${units[unit]}`;
}

/**
 * An instant in the reader's zone, in UTC on hover.
 * @param {string|null|undefined} instant
 */
export function time(instant) {
  return instant
      ? h('time.number', {datetime: instant, title: utc(instant)}, TIME.format(new Date(instant)))
      : h('span.none', null, '–');
}

/**
 * How long ago an instant is.
 * @param {string} instant
 */
export function ago(instant) {
  const seconds = (Date.now() - Date.parse(instant)) / 1000;
  return h('time.number', {datetime: instant, title: utc(instant)},
      seconds < 5 ? 'just now' : `${duration(Math.max(0, seconds))} ago`);
}

/** @param {string} instant */
function utc(instant) {
  return `${instant.replace('T', ' ').replace(/\.\d+/, '').replace('Z', '')} UTC`;
}

/**
 * A cell that shows a number and holds it exactly.
 * @param {number|null|undefined} value
 * @param {string} [tag]
 * @param {number} [digits] significant ones
 */
export function numberCell(value, tag = 'td.number', digits = 4) {
  return h(tag, value === null || value === undefined ? null : {title: String(value), data: {value: String(value)}},
      number(value, digits));
}
