import {number, plain} from '../format.js';
import {OBJECTIVE} from '../selection.js';
import {parameters} from '../space.js';

/**
 * How a parameter lies on an axis: numbers along it, on a logarithmic one where the space draws so, anything else as
 * categories.
 *
 * @typedef {{key: string, category: boolean, log: boolean, categories: string[], axis: any,
 *   raw: (point: import('../study-model.js').Point) => any, at: (point: import('../study-model.js').Point) => any,
 *   label: (value: any) => string, intervals: (condition?: import('../selection.js').Condition) => number[][],
 *   condition: (intervals: number[][]) => import('../selection.js').Condition}} Scale
 */

/**
 * @param {string} key
 * @param {import('../study-model.js').Point[]} points
 * @param {any} space
 * @returns {Scale}
 */
export function scaleOf(key, points, space) {
  const raw = (point) => (key === OBJECTIVE ? point.objective : point.values[key]);
  const values = points.map(raw);
  const numbers = values.filter((value) => typeof value === 'number');
  const distinct = new Set(numbers);
  const category = values.some((value) => value !== null && value !== undefined && typeof value !== 'number')
      || numbers.length === 0 || (distinct.size <= 6 && chosen(key, space));
  if (category) {
    const categories = [...new Set(values.map((value) => text(value)))].sort(inOrder);
    return {key, category, log: false, categories, raw,
      axis: {type: 'category', data: categories},
      at: (point) => text(raw(point)),
      label: (value) => (value === 'null' ? 'none' : String(value)),
      intervals: (condition) => (condition?.values ?? []).map((value) => categories.indexOf(value)).filter((at) => at >= 0)
          .map((at) => [at - 0.4, at + 0.4]),
      condition: (intervals) => ({key, values: intervals.length === 0 ? []
          : categories.filter((_, at) => intervals.some(([from, to]) => at >= from && at <= to))})};
  }
  const log = key !== OBJECTIVE && numbers.every((value) => value > 0) && logarithmic(key, space);
  const low = Math.min(...numbers);
  const high = Math.max(...numbers);
  const spare = log ? 0 : (high - low || 1) * 0.03;
  return {key, category, log, categories: [], raw,
    axis: {type: log ? 'log' : 'value', min: low - spare, max: high + spare, scale: true,
      ...(numbers.every(Number.isInteger) && !log ? {minInterval: 1} : {})},
    at: (point) => (typeof raw(point) === 'number' ? raw(point) : '-'),
    label: (value) => number(Number(value), 3),
    intervals: (condition) => (condition && (condition.from !== undefined || condition.to !== undefined)
        ? [[condition.from ?? low - spare, condition.to ?? high + spare]] : []),
    condition: (intervals) => (intervals.length === 0 ? {key}
        : {key, from: rounded(Math.min(...intervals.map(([from]) => from))), to: rounded(Math.max(...intervals.map(([, to]) => to)))})};
}

/** @param {number} value */
function rounded(value) {
  return Number(value.toPrecision(6));
}

/** @param {any} value */
export function text(value) {
  return value === null || value === undefined ? 'null' : typeof value === 'object' ? plain(value) : String(value);
}

/** Numbers by size, texts by letter, none first. @param {string} a @param {string} b */
function inOrder(a, b) {
  return a === 'null' ? -1 : b === 'null' ? 1
      : Number.isFinite(Number(a)) && Number.isFinite(Number(b)) ? Number(a) - Number(b) : a.localeCompare(b);
}

/** Whether a key's value is an option of a choice. @param {string} key @param {any} space */
function chosen(key, space) {
  return parameters(space).some((one) => one.key === key && ['choice', 'pchoice'].includes(one.keyword));
}

/** Whether the space draws a key's value on a logarithmic scale. @param {string} key @param {any} space */
function logarithmic(key, space) {
  return parameters(space).some((one) => one.key === key && one.keyword.includes('log'));
}
