import {h, named} from './dom.js';
import {number} from './format.js';
import {setState, state} from './router.js';

/**
 * Which trials are looked at: one that is pointed at, and those that a brush lets through. All views of a study share it;
 * the brush stands in the address, as conditions that the REST interface takes too.
 *
 * @typedef {{key: string, from?: number, to?: number, values?: string[]}} Condition
 */
const BRUSH = 'brush';
export const OBJECTIVE = 'objective';

export class Selection {
  /** @type {number|null} */
  hovered = null;
  /** @type {Condition[]} */
  conditions = read(state().get(BRUSH));
  #hoverFollowers = new Set();
  #brushFollowers = new Set();

  /** @param {(number: number|null) => void} follower */
  onHover(follower) {
    this.#hoverFollowers.add(follower);
  }

  /** @param {() => void} follower */
  onBrush(follower) {
    this.#brushFollowers.add(follower);
  }

  /** @param {number|null} trial */
  hover(trial) {
    if (trial !== this.hovered) {
      this.hovered = trial;
      this.#hoverFollowers.forEach((follower) => follower(trial));
    }
  }

  /** Puts a condition in the place of the one on the same key; without bounds and values it goes. @param {Condition} one */
  brush(one) {
    const empty = one.from === undefined && one.to === undefined && !one.values?.length;
    const others = this.conditions.filter((other) => other.key !== one.key);
    const next = empty ? others : [...others, one].sort((a, b) => a.key.localeCompare(b.key));
    if (write(next) !== write(this.conditions)) {
      this.conditions = next;
      setState({[BRUSH]: write(next) || null, page: null});
      this.#brushFollowers.forEach((follower) => follower());
    }
  }

  clear() {
    this.conditions.map((one) => one.key).forEach((key) => this.brush({key}));
  }

  /** Whether a trial passes. @param {import('./study-model.js').Point} point */
  passes(point) {
    return this.conditions.every((one) => {
      const value = one.key === OBJECTIVE ? point.objective : point.values[one.key];
      return one.values ? one.values.includes(String(value ?? 'null'))
          : typeof value === 'number' && value >= (one.from ?? -Infinity) && value <= (one.to ?? Infinity);
    });
  }

  /** The conditions as parameters of the REST interface. @returns {Record<string, string>} */
  parameters() {
    /** @type {Record<string, string>} */
    const found = {};
    this.conditions.forEach((one) => {
      if (one.key === OBJECTIVE) {
        Object.assign(found, one.from === undefined ? {} : {minObjective: String(one.from)},
            one.to === undefined ? {} : {maxObjective: String(one.to)});
      } else {
        found[`param.${one.key}`] = one.values ? one.values.join(',') : `${one.from ?? ''}..${one.to ?? ''}`;
      }
    });
    return found;
  }

  /** The conditions, each with a way to take it off. */
  chips() {
    return this.conditions.map((one) => h('span.chip', {data: {key: one.key}}, h('span.clip', null, named(one.key), ' ',
        one.values ? `is ${one.values.join(' or ')}`
            : `${one.from === undefined ? '…' : number(one.from)} to ${one.to === undefined ? '…' : number(one.to)}`),
    h('button', {'aria-label': `Remove the condition on ${one.key}`, onclick: () => this.brush({key: one.key})}, '✕')));
  }
}

/** @param {Condition[]} conditions */
function write(conditions) {
  return conditions.length === 0 ? '' : JSON.stringify(conditions.map((one) =>
    (one.values ? [one.key, one.values] : [one.key, one.from ?? null, one.to ?? null])));
}

/** @param {string|null} text @returns {Condition[]} */
function read(text) {
  try {
    return JSON.parse(text || '[]').filter(([key]) => typeof key === 'string').map(([key, first, second]) =>
      (Array.isArray(first) ? {key, values: first.map(String)}
        : {key, from: finite(first), to: finite(second)}));
  } catch {
    return [];
  }
}

/** @param {any} value */
function finite(value) {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
