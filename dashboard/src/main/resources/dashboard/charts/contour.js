import {h} from '../dom.js';
import {number} from '../format.js';
import {setState, state} from '../router.js';
import {colour, viridis} from '../theme.js';
import {Chart, axis, objectiveScale, tooltip, trialLines} from './chart.js';
import {colourBar, options} from './curves.js';
import {linkPoints} from './history.js';
import {scaleOf} from './scales.js';

const CELLS = 28;
/** How far a trial reaches, in parts of an axis. */
const REACH = 0.11;
const LEAST_WEIGHT = 0.2;
const FEWEST = 5;

/**
 * The objective over two parameters: what the trials near a place had, weighted by how near they are, with the trials on it.
 * @param {import('../study-model.js').StudyModel} model
 * @param {import('../selection.js').Selection} selection
 */
export function contourChart(model, selection) {
  const choose = (name) => h('select', {'aria-label': name, onchange: (event) => {
    setState({[name]: event.target.value});
    chart.update();
  }});
  const x = choose('x');
  const y = choose('y2');
  y.setAttribute('aria-label', 'y');
  const chart = new Chart({id: 'contour', title: 'Contour', height: 460, controls: [h('label.field', null, 'x', x), h('label.field', null, 'y', y)],
    emptyText: `A contour takes two parameters and ${FEWEST} completed trials.`}, async () => {
    const {points, keys, sampling} = await model.table();
    const shown = points.filter((point) => typeof point.objective === 'number' && point.state === 'COMPLETED');
    if (shown.length < FEWEST || keys.length < 2) {
      return null;
    }
    const space = model.study.spec?.space;
    const numeric = keys.filter((key) => !scaleOf(key, shown, space).category);
    const first = keys.includes(state().get('x') ?? '') ? /** @type {string} */ (state().get('x')) : numeric[0] ?? keys[0];
    const second = keys.includes(state().get('y2') ?? '') ? /** @type {string} */ (state().get('y2'))
        : numeric.find((key) => key !== first) ?? keys.find((key) => key !== first);
    options(x, keys, first);
    options(y, keys, second);
    const [across, up] = [scaleOf(first, shown, space), scaleOf(second, shown, space)].map(unit);
    const inside = shown.filter((point) => across.place(point) !== null && up.place(point) !== null);
    const worth = objectiveScale(inside.map((point) => point.objective), model.maximize);
    return {
      summary: `Objective over ${first} and ${second}, smoothed over ${inside.length} completed trials`,
      note: `A mean of the trials near each place, blank where there are none.${sampling ? ` Shows ${sampling.note}.` : ''}`,
      columns: ['trial', first, second, 'objective'],
      rows: inside.map((point) => [point.number, point.values[first], point.values[second], point.objective]),
      option: {
        grid: {left: 74, right: 96, top: 16, bottom: 46},
        visualMap: colourBar(worth.low, worth.high, !model.maximize),
        tooltip: tooltip(({data}) => (data?.trial ? {title: `Trial #${data.trial.number}`, lines: trialLines(data.trial, [first, second])} : null), {trigger: 'item'}),
        xAxis: unitAxis(across, {name: first, nameLocation: 'middle', nameGap: 28}),
        yAxis: unitAxis(up, {name: second, nameLocation: 'middle', nameGap: 58}),
        series: [{
          type: 'custom',
          silent: true,
          renderItem: (_, api) => {
            const [left, bottom] = api.coord([api.value(0), api.value(1)]);
            const [right, top] = api.coord([api.value(0) + 1 / CELLS, api.value(1) + 1 / CELLS]);
            return {type: 'rect', shape: {x: left, y: top, width: right - left + 0.6, height: bottom - top + 0.6},
              style: {fill: viridis(worth.share(api.value(2)))}};
          },
          data: cells(inside, across, up),
        }, {
          type: 'scatter',
          symbolSize: 8,
          emphasis: {scale: 1.8},
          data: inside.map((point) => ({value: [across.place(point), up.place(point)], trial: point,
            itemStyle: {color: viridis(worth.share(point.objective)), borderColor: colour('surface'), borderWidth: 1.2,
              opacity: selection.passes(point) ? 1 : 0.15}})),
        }],
      },
    };
  });
  linkPoints(chart, selection, model);
  return chart;
}

/** A scale from 0 to 1. @param {import('./scales.js').Scale} scale */
function unit(scale) {
  if (scale.category) {
    const size = scale.categories.length;
    return {scale, place: (point) => (scale.categories.indexOf(String(scale.at(point))) + 0.5) / size,
      label: (share) => scale.label(scale.categories[Math.min(size - 1, Math.floor(share * size))]), ticks: size};
  }
  const turn = scale.log ? Math.log : (value) => value;
  const back = scale.log ? Math.exp : (value) => value;
  const [low, high] = [turn(scale.axis.min), turn(scale.axis.max)];
  return {scale, place: (point) => (typeof scale.raw(point) === 'number' ? (turn(scale.raw(point)) - low) / (high - low || 1) : null),
    label: (share) => number(back(low + share * (high - low)), 3), ticks: 0};
}

/** @param {any} one @param {any} own */
function unitAxis(one, own) {
  return axis({type: 'value', min: 0, max: 1, splitLine: {show: false}, ...own, ...(one.ticks > 0 ? {interval: 1 / one.ticks} : {}),
    axisLabel: {color: colour('muted'), fontSize: 11, hideOverlap: true,
      formatter: (share) => (one.ticks > 0 && share > 1 - 1e-9 ? '' : one.label(share + (one.ticks > 0 ? 1e-6 : 0))),
      align: one.ticks > 0 && own.nameGap < 40 ? 'left' : undefined}});
}

/** @param {any[]} points @param {any} across @param {any} up @returns {number[][]} */
function cells(points, across, up) {
  const places = points.map((point) => [across.place(point), up.place(point), point.objective]);
  const found = [];
  for (let column = 0; column < CELLS; column++) {
    for (let row = 0; row < CELLS; row++) {
      const [x, y] = [(column + 0.5) / CELLS, (row + 0.5) / CELLS];
      let weight = 0;
      let sum = 0;
      for (const [px, py, objective] of places) {
        const near = Math.exp(-((px - x) ** 2 + (py - y) ** 2) / (2 * REACH * REACH));
        weight += near;
        sum += near * objective;
      }
      if (weight > LEAST_WEIGHT) {
        found.push([column / CELLS, row / CELLS, sum / weight]);
      }
    }
  }
  return found;
}
