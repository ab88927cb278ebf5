import {fill, h} from '../dom.js';
import {plain} from '../format.js';
import {colour, onTheme} from '../theme.js';

/**
 * A chart in a card: drawn when it comes into view, again when its data, the colours or the room change, with its data
 * as a table for who cannot see it, or wants the numbers.
 *
 * @typedef {{option: any, summary: string, columns: string[], rows: any[][], note?: string, height?: number,
 *   width?: number}} Drawn
 */
const MOST_TABLE_ROWS = 500;

/** @type {Promise<any>|null} */
let library = null;

/** The charts' library, loaded with the first chart. */
export function echarts() {
  library ??= import('../vendor/echarts.esm.min.js');
  return library;
}

export class Chart {
  element;
  /** The chart's instance, once it is drawn. @type {any} */
  instance = null;
  #plot = h('div.plot', {role: 'img'});
  #table = h('div.scroll.chart-data', {hidden: true, tabindex: 0, role: 'region'});
  #note = h('p.note', {hidden: true});
  #controls = h('div.row');
  /** @type {() => (Drawn|null|Promise<Drawn|null>)} */
  #draw;
  #empty = h('p.empty', {hidden: true});
  #seen = false;
  #round = 0;
  /** @type {Drawn|null} */
  #drawn = null;
  #observers;
  #endTheme;
  #ready = [];

  /**
   * @param {{id: string, title: string, height?: number, controls?: Node[], emptyText?: string}} what
   * @param {() => (Drawn|null|Promise<Drawn|null>)} draw null where there is nothing to show yet
   */
  constructor(what, draw) {
    this.#draw = draw;
    this.#plot.style.setProperty('--height', `${what.height ?? 300}px`);
    this.#plot.setAttribute('aria-label', what.title);
    fill(this.#empty, what.emptyText ?? 'Nothing to show before the first trial has ended.');
    fill(this.#controls, ...(what.controls ?? []));
    this.#table.setAttribute('aria-label', `Data of ${what.title}`);
    const toggle = h('button.quiet', {'aria-pressed': 'false', 'aria-label': `Show the data of ${what.title} as a table`,
      onclick: () => {
        const table = this.#table.hasAttribute('hidden');
        this.#table.toggleAttribute('hidden', !table);
        this.#plot.toggleAttribute('hidden', table || this.#drawn === null);
        toggle.setAttribute('aria-pressed', String(table));
        this.#fillTable();
        this.instance?.resize();
      }}, 'Data');
    this.element = h('section.card.chart', {id: what.id, 'aria-labelledby': `${what.id}-title`},
        h('header', null, h('h2', {id: `${what.id}-title`}, what.title), this.#controls, toggle),
        this.#note, h('div.scroll.plot-frame', null, this.#plot), this.#empty, this.#table);
    const sight = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting) && !this.#seen) {
        this.#seen = true;
        this.update();
      }
    }, {rootMargin: '200px'});
    sight.observe(this.element);
    const size = new ResizeObserver(() => this.instance?.resize());
    size.observe(this.#plot);
    this.#observers = [sight, size];
    this.#endTheme = onTheme(() => this.update());
  }

  /** Calls with the instance when it is first drawn. @param {(instance: any) => void} then */
  onReady(then) {
    this.#ready.push(then);
  }

  /** Draws anew, if it is in view or was. */
  async update() {
    if (!this.#seen) {
      return;
    }
    const round = ++this.#round;
    let drawn;
    try {
      drawn = await this.#draw();
    } catch (error) {
      if (round === this.#round && this.#drawn === null) {
        fill(this.#empty, error.message);
        this.#show(null);
      }
      return;
    }
    const {init} = await echarts();
    if (round !== this.#round) {
      return;
    }
    this.#show(drawn);
    if (drawn === null) {
      return;
    }
    if (drawn.height) {
      this.#plot.style.setProperty('--height', `${drawn.height}px`);
    }
    this.#plot.style.setProperty('min-width', drawn.width ? `${drawn.width}px` : '0');
    if (this.instance === null) {
      this.instance = init(this.#plot, null, {renderer: 'canvas'});
      this.#ready.forEach((then) => then(this.instance));
    }
    this.instance.resize();
    this.instance.setOption({...defaults(), ...drawn.option}, {notMerge: true, lazyUpdate: false});
    this.element.dataset.drawn = String(round);
  }

  /** @param {Drawn|null} drawn */
  #show(drawn) {
    this.#drawn = drawn;
    const table = !this.#table.hasAttribute('hidden');
    this.#plot.toggleAttribute('hidden', drawn === null || table);
    this.#empty.toggleAttribute('hidden', drawn !== null);
    this.#note.toggleAttribute('hidden', !drawn?.note);
    fill(this.#note, drawn?.note ?? '');
    if (drawn) {
      this.#plot.setAttribute('aria-label', drawn.summary);
    }
    this.#fillTable();
  }

  #fillTable() {
    if (this.#table.hasAttribute('hidden') || !this.#drawn) {
      return;
    }
    const {columns, rows} = this.#drawn;
    fill(this.#table, h('table', null,
        h('caption.hidden-text', null, this.#drawn.summary),
        h('thead', null, h('tr', null, ...columns.map((name) => h('th', {scope: 'col'}, name)))),
        h('tbody', null, ...rows.slice(0, MOST_TABLE_ROWS).map((row) => h('tr', null, ...row.map((value) => h('td',
            {data: {value: String(value ?? '')}, title: typeof value === 'number' ? String(value) : null},
            value === null || value === undefined ? '–' : plain(value))))))),
    rows.length > MOST_TABLE_ROWS && h('p.note', null, `The first ${MOST_TABLE_ROWS} of ${rows.length} rows; the export has all.`));
  }

  dispose() {
    this.#round++;
    this.#observers.forEach((observer) => observer.disconnect());
    this.#endTheme();
    this.instance?.dispose();
    this.instance = null;
  }
}

/** What all charts have in common. */
function defaults() {
  return {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: {fontFamily: getComputedStyle(document.body).fontFamily, color: colour('muted'), fontSize: 12},
    aria: {enabled: false},
  };
}

/** An axis in the page's colours. @param {any} own */
export function axis(own) {
  return {
    nameTextStyle: {color: colour('muted'), fontSize: 12},
    axisLine: {lineStyle: {color: colour('line-strong')}},
    axisTick: {lineStyle: {color: colour('line-strong')}},
    axisLabel: {color: colour('muted'), fontSize: 11, hideOverlap: true},
    splitLine: {lineStyle: {color: colour('grid')}},
    ...own,
  };
}

/**
 * What is shown of a point that is pointed at, made of elements: a trial's values are text.
 * @param {(parameters: any) => {title: string, lines: [string, string][]}|null} describe
 * @param {any} [more]
 */
export function tooltip(describe, more = {}) {
  return {
    confine: true,
    transitionDuration: 0,
    backgroundColor: colour('raised'),
    borderColor: colour('line'),
    textStyle: {color: colour('text'), fontSize: 12.5},
    formatter: (parameters) => {
      const what = describe(parameters);
      return what === null ? '' : h('div.tip', null, h('strong', null, what.title),
          ...what.lines.flatMap(([name, value]) => [h('span', null, name), h('span', null, value)]));
    },
    ...more,
  };
}

/** The lines that every chart shows of a trial. @param {import('../study-model.js').Point} point @param {string[]} keys */
export function trialLines(point, keys = []) {
  return /** @type {[string, string][]} */ ([
    ['objective', plain(point.objective ?? '–')],
    ['state', point.state.toLowerCase()],
    ['came from', originText(point.origin)],
    ...keys.map((key) => [key, plain(point.values[key])]),
  ]);
}

/** Where a configuration came from, in words. @param {string} origin */
export function originText(origin) {
  return {STARTUP: 'random start-up', MODEL: 'model', ENQUEUED: 'enqueued', IMPORTED: 'imported', RETRAIN: 'retrain'}[origin]
      ?? origin.toLowerCase();
}

/** The part of its range where the objective of a trial lies, the best at 1. @param {number[]} values @param {boolean} maximize */
export function objectiveScale(values, maximize) {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  // The worst tenth would leave no colours to the others.
  const low = sorted[maximize ? Math.floor(sorted.length * 0.1) : 0];
  const high = sorted[maximize ? sorted.length - 1 : Math.floor((sorted.length - 1) * 0.9)];
  const share = (value) => (high === low ? 1 : (value - low) / (high - low));
  return {low, high, share: (value) => (maximize ? share(value) : 1 - share(value))};
}
