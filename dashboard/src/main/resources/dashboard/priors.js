import {h, named, shortened, svg} from './dom.js';
import {number} from './format.js';
import {parameters, prior, written} from './space.js';

const WIDTH = 240;
const HEIGHT = 76;
const FLOOR = 58;
const NAME_CHARACTERS = 14;

/**
 * A drawing of each parameter's distribution.
 * @param {any} space
 * @param {Map<string, any[]>} [tried] values by key, drawn as ticks below
 */
export function priorCards(space, tried = new Map()) {
  return h('div.grid-small', null, ...parameters(space).map((parameter) => {
    const what = prior(parameter);
    return h('figure.prior', {data: {parameter: parameter.label}},
        h('figcaption', null, h('h3', null, named(parameter.label)),
            h('div.muted.small', null, written(parameter), parameter.under && h('span', null, ', if ',
                named(parameter.under)))),
        what.kind === 'bars' ? bars(what.bars) : curve(what.points, what.log, tried.get(parameter.key) ?? []));
  }));
}

/** @param {[string, number][]} all */
function bars(all) {
  const most = Math.max(...all.map(([, share]) => share));
  const step = WIDTH / all.length;
  const width = Math.min(46, Math.max(2, step * 0.7));
  const every = Math.ceil(all.length / Math.max(1, Math.floor(WIDTH / (8 + 5 * Math.max(...all.map(([name]) =>
    Math.min(NAME_CHARACTERS, name.length)))))));
  return drawing(`Values with their probabilities: ${all.slice(0, 20).map(([name, share]) => `${name} ${number(share, 3)}`)
      .join(', ')}`, all.flatMap(([name, share], at) => {
    const x = at * step + step / 2;
    const tall = (share / most) * (FLOOR - 8);
    return [
      svg('rect', {class: 'prior-bar', x: x - width / 2, y: FLOOR - tall, width, height: tall, rx: 1.5},
          svg('title', {}, `${name}: ${number(share, 3)}`)),
      at % every === 0 ? svg('text', {x, y: HEIGHT - 4, 'text-anchor': 'middle'}, shortened(name, NAME_CHARACTERS)) : null,
    ];
  }));
}

/** @param {[number, number][]} points @param {boolean} log @param {any[]} tried */
function curve(points, log, tried) {
  const scale = log ? Math.log : (x) => x;
  const low = scale(points[0][0]);
  const high = scale(points[points.length - 1][0]);
  const most = Math.max(...points.map(([, density]) => density));
  const x = (value) => 3 + ((WIDTH - 6) * (scale(value) - low)) / (high - low || 1);
  const y = (density) => FLOOR - (density / (most || 1)) * (FLOOR - 10);
  const line = points.map(([value, density]) => `${x(value).toFixed(1)},${y(density).toFixed(1)}`).join(' L');
  const ticks = tried.filter((value) => typeof value === 'number' && (!log || value > 0))
      .map((value) => svg('line', {class: 'prior-tick', x1: x(value), x2: x(value), y1: FLOOR, y2: FLOOR + 5}));
  return drawing(`Density from ${number(points[0][0])} to ${number(points[points.length - 1][0])}${
    log ? ', logarithmic axis' : ''}`, [
    svg('path', {class: 'prior-area', d: `M${x(points[0][0])},${FLOOR} L${line} L${x(points[points.length - 1][0])},${FLOOR}Z`}),
    svg('path', {class: 'prior-line', d: `M${line}`}),
    ...ticks,
    svg('text', {x: 2, y: HEIGHT - 2}, number(points[0][0])),
    svg('text', {x: WIDTH / 2, y: HEIGHT - 2, 'text-anchor': 'middle', class: 'faint'}, log ? 'log scale' : ''),
    svg('text', {x: WIDTH - 2, y: HEIGHT - 2, 'text-anchor': 'end'}, number(points[points.length - 1][0])),
  ]);
}

/** @param {string} label @param {(Node|null)[]} parts */
function drawing(label, parts) {
  return svg('svg', {viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': label, class: 'prior-drawing'}, ...parts);
}
