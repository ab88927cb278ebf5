import {get} from '../api.js';
import {shortened} from '../dom.js';
import {number} from '../format.js';
import {colour, viridis} from '../theme.js';
import {Chart, axis, objectiveScale, tooltip, trialLines} from './chart.js';
import {colourBar} from './curves.js';
import {linkPoints} from './history.js';
import {scaleOf, text} from './scales.js';

const MOST_PARAMETERS = 7;
const BINS = 12;
const JITTER = 0.5;
const NAME_CHARACTERS = 17;

/**
 * Parameters against each other, with their histograms on the diagonal. Categories are spread a little, so that trials do
 * not hide each other; where a parameter took no part, the trial lies on the edge as a hollow mark.
 * @param {import('../study-model.js').StudyModel} model
 * @param {import('../selection.js').Selection} selection
 */
export function scatterMatrixChart(model, selection) {
  const chart = new Chart({id: 'scatter-matrix', title: 'Scatter matrix', height: 720}, async () => {
    const {points, keys, sampling} = await model.table();
    const shown = points.filter((point) => typeof point.objective === 'number' && point.state === 'COMPLETED').slice(-2000);
    if (shown.length === 0 || keys.length < 2) {
      return null;
    }
    const chosen = await mostImportant(keys);
    const scales = chosen.map((key) => placed(scaleOf(key, shown, model.study.spec?.space)));
    const worth = objectiveScale(shown.map((point) => point.objective), model.maximize);
    const size = scales.length;
    const [left, top] = [9, 3];
    const [wide, tall] = [(100 - left - 8) / size, (100 - top - 8) / size];
    const grid = [];
    const xAxis = [];
    const yAxis = [];
    const series = [];
    scales.forEach((vertical, row) => scales.forEach((horizontal, column) => {
      const at = grid.length;
      grid.push({left: `${left + column * wide}%`, top: `${top + row * tall}%`, width: `${wide * 0.92}%`, height: `${tall * 0.9}%`});
      xAxis.push(small(horizontal, at, row === size - 1, 26, row === size - 1 ? shortened(horizontal.scale.key, NAME_CHARACTERS) : ''));
      if (row === column) {
        yAxis.push({gridIndex: at, show: column === 0, type: 'value', min: 0, axisLabel: {show: false}, splitLine: {show: false},
          axisTick: {show: false}, axisLine: {show: false}, name: column === 0 ? shortened(vertical.scale.key, NAME_CHARACTERS) : '', nameLocation: 'middle', nameGap: 46,
          nameTextStyle: {color: colour('text'), fontSize: 11}});
        series.push({type: 'bar', xAxisIndex: at, yAxisIndex: at, barWidth: '92%', barGap: 0, silent: true,
          itemStyle: {color: colour('line-strong'), opacity: 0.55}, data: histogram(shown, horizontal)});
        return;
      }
      yAxis.push(small(vertical, at, column === 0, 46, column === 0 ? shortened(vertical.scale.key, NAME_CHARACTERS) : ''));
      series.push({type: 'scatter', xAxisIndex: at, yAxisIndex: at, symbolSize: shown.length > 300 ? 3.5 : 5,
        emphasis: {scale: 2.2, itemStyle: {borderColor: colour('text'), borderWidth: 1.5}},
        data: shown.map((point) => {
          const active = horizontal.active(point) && vertical.active(point);
          return {value: [horizontal.place(point), vertical.place(point)], trial: point, symbol: active ? 'circle' : 'emptyCircle',
            itemStyle: {color: viridis(worth.share(point.objective)), opacity: selection.passes(point) ? (active ? 0.9 : 0.45) : 0.05}};
        })});
    }));
    return {
      summary: `${size} parameters against each other, ${shown.length} completed trials coloured by the objective`,
      note: `${keys.length > size ? `The ${size} most important of ${keys.length} parameters. ` : ''}Hollow marks: a parameter took no part.${
        sampling ? ` Shows ${sampling.note}.` : ''}`,
      columns: ['trial', 'objective', ...chosen],
      rows: shown.map((point) => [point.number, point.objective, ...chosen.map((key) => point.values[key])]),
      height: Math.max(420, size * 128),
      option: {grid, xAxis, yAxis, series, visualMap: colourBar(worth.low, worth.high, !model.maximize),
        tooltip: tooltip(({data}) => (data?.trial ? {title: `Trial #${data.trial.number}`, lines: trialLines(data.trial, chosen)} : null), {trigger: 'item'})},
    };
  });

  const mostImportant = async (keys) => {
    if (keys.length <= MOST_PARAMETERS) {
      return keys;
    }
    const {parameters} = await get(`${model.path}/importance`).catch(() => ({parameters: []}));
    const ranked = parameters.map((one) => one.path.replace(/^space\./, '').replace(/\.choice\[.*/, '')).filter((key) => keys.includes(key));
    return [...new Set([...ranked, ...keys])].slice(0, MOST_PARAMETERS);
  };
  linkPoints(chart, selection, model);
  return chart;
}

/** A scale by numbers, with a place for those that took no part. @param {import('./scales.js').Scale} scale */
function placed(scale) {
  if (scale.category) {
    return {scale, min: -0.6, max: scale.categories.length - 0.4, log: false,
      active: (point) => scale.raw(point) !== null && scale.raw(point) !== undefined,
      place: (point) => scale.categories.indexOf(text(scale.raw(point))) + (hash(point.number, scale.key) - 0.5) * JITTER,
      label: (value) => (Number.isInteger(value) ? scale.label(scale.categories[value] ?? '') : ''), interval: 1};
  }
  const turn = scale.log ? Math.log10 : (value) => value;
  const back = scale.log ? (value) => 10 ** value : (value) => value;
  const [low, high] = [turn(scale.axis.min), turn(scale.axis.max)];
  const edge = low - (high - low) * 0.08;
  const active = (point) => typeof scale.raw(point) === 'number';
  return {scale, min: edge - (high - low) * 0.04, max: high + (high - low) * 0.04, active, log: scale.log,
    place: (point) => (active(point) ? turn(scale.raw(point)) : edge), label: (value) => number(back(value), 2), interval: undefined};
}

/** @param {any} one @param {number} gridIndex @param {boolean} labelled @param {number} nameGap @param {string} name */
function small(one, gridIndex, labelled, nameGap, name) {
  return axis({gridIndex, type: 'value', min: one.min, max: one.max, interval: one.interval, splitNumber: 2, splitLine: {show: false}, name,
    nameLocation: 'middle', nameGap, nameTextStyle: {color: colour('text'), fontSize: 11}, axisTick: {show: false},
    axisLine: {show: true, onZero: false, lineStyle: {color: colour('line')}},
    axisLabel: {show: labelled, color: colour('muted'), fontSize: 10, hideOverlap: true, showMinLabel: false, showMaxLabel: false,
      width: 44, overflow: 'truncate', formatter: one.label}});
}

/** @param {import('../study-model.js').Point[]} points @param {any} one */
function histogram(points, one) {
  const active = points.filter(one.active);
  if (one.scale.category) {
    return one.scale.categories.map((name, at) => [at, active.filter((point) => text(one.scale.raw(point)) === name).length]);
  }
  const counts = new Array(BINS).fill(0);
  const width = (one.max - one.min) / BINS;
  active.forEach((point) => counts[Math.min(BINS - 1, Math.floor((one.place(point) - one.min) / width))]++);
  return counts.map((size, at) => [one.min + (at + 0.5) * width, size]);
}

/** A number from 0 to 1 that is the same for a trial each time. @param {number} trial @param {string} key */
function hash(trial, key) {
  let mixed = (trial + 1) * 0x9e3779b1;
  for (let i = 0; i < key.length; i++) {
    mixed = Math.imul(mixed ^ key.charCodeAt(i), 0x85ebca6b);
  }
  mixed ^= mixed >>> 13;
  return (Math.imul(mixed, 0xc2b2ae35) >>> 0) / 4294967296;
}
