import {get, trialPath} from '../api.js';
import {h} from '../dom.js';
import {number} from '../format.js';
import {setState, state} from '../router.js';
import {colour} from '../theme.js';
import {Chart, axis, tooltip} from './chart.js';
import {CATEGORY_COLOURS} from './curves.js';

const TRAIN = /^(train|training)_/;
/** From this width of the card on two charts stand side by side. */
const WIDE_PIXELS = 900;
const VALIDATION = /^(val|validation|valid|test)_/;

/**
 * A trial's metrics by epoch: those of training against those of validation in one chart, the best epoch marked.
 * @param {() => import('../types.js').Trial} trial
 */
export function trialCurveChart(trial) {
  const smoothing = /** @type {HTMLInputElement} */ (h('input', {type: 'range', min: 0, max: 0.95, step: 0.05, value: state().get('smooth') ?? '0',
    oninput: () => {
      setState({smooth: smoothing.value === '0' ? null : smoothing.value});
      chart.update();
    }}));
  const chart = new Chart({id: 'curve', title: 'Learning curve', height: 360, controls: [h('label.field', null, 'Smoothing', smoothing)],
    emptyText: 'The curve appears with the first epoch.'}, async () => {
    const {epochs} = await get(`${trialPath(trial().trialId)}/curve`);
    if (epochs.length === 0) {
      return null;
    }
    const names = [...new Set(epochs.flatMap((epoch) => Object.keys(epoch.metrics)))].sort();
    const base = (name) => name.replace(TRAIN, '').replace(VALIDATION, '');
    const groups = [...new Set(names.map((name) => groupOf(name, base)))].sort();
    const wide = chart.element.clientWidth > WIDE_PIXELS ? Math.min(2, groups.length) : 1;
    const rows = Math.ceil(groups.length / wide);
    const colours = [...new Set(names.map(base))];
    const best = trial().bestEpoch;
    const tall = 260;
    const grid = groups.map((_, at) => ({left: at % wide === 0 ? 58 : '55%', right: wide === 1 || at % wide === 1 ? 18 : '50%',
      top: Math.floor(at / wide) * tall + 46, height: tall - 84}));
    const smooth = Number(state().get('smooth') ?? 0);
    return {
      summary: `${names.join(', ')} over ${epochs.length} epochs; best epoch ${best ?? 'not known'}`,
      note: `Solid: validation or test. Dashed: training.${best ? ` The line marks epoch ${best}, the best.` : ''}`,
      columns: ['epoch', ...names, 'seconds'],
      rows: epochs.map((epoch) => [epoch.epoch, ...names.map((name) => epoch.metrics[name] ?? null), epoch.seconds]),
      height: rows * tall + 20,
      option: {
        title: groups.map((name, at) => ({text: name, left: grid[at].left, top: grid[at].top - 45,
          textStyle: {fontSize: 12, fontWeight: 600, color: colour('text')}})),
        grid,
        legend: groups.map((group, at) => ({top: grid[at].top - 26, left: grid[at].left, itemWidth: 18, itemHeight: 8, type: 'scroll',
          width: wide === 1 ? '80%' : '40%', textStyle: {color: colour('muted'), fontSize: 11},
          data: names.filter((name) => groupOf(name, base) === group)})),
        tooltip: tooltip((points) => ({title: `Epoch ${points[0]?.value[0]}`, lines: points.map((point) => [point.seriesName, number(point.data.exact)])}),
            {trigger: 'axis'}),
        xAxis: groups.map((_, gridIndex) => axis({gridIndex, type: 'value', min: 1, max: Math.max(2, epochs[epochs.length - 1].epoch), minInterval: 1,
          splitLine: {show: false}})),
        yAxis: groups.map((_, gridIndex) => axis({gridIndex, type: 'value', scale: true,
          axisLabel: {color: colour('muted'), fontSize: 11, formatter: (value) => number(value, 3)}})),
        series: names.map((name) => {
          const at = groups.indexOf(groupOf(name, base));
          const own = CATEGORY_COLOURS[colours.indexOf(base(name)) % CATEGORY_COLOURS.length];
          return {name, type: 'line', xAxisIndex: at, yAxisIndex: at, showSymbol: epochs.length < 12, symbolSize: 5,
            lineStyle: {width: 2, color: own, type: TRAIN.test(name) ? 'dashed' : 'solid'}, itemStyle: {color: own}, connectNulls: true,
            data: smoothed(epochs.map((epoch) => epoch.metrics[name] ?? null), smooth).map((value, place) => ({
              value: [epochs[place].epoch, value], exact: epochs[place].metrics[name] ?? null})),
            markLine: best && names.findIndex((other) => groupOf(other, base) === groups[at]) === names.indexOf(name)
                ? {symbol: 'none', silent: true, animation: false, label: {show: false},
                  lineStyle: {color: colour('pruned'), type: 'solid', width: 1.5}, data: [{xAxis: best}]} : undefined};
        }),
      },
    };
  });
  return chart;
}

/** @param {string} name @param {(name: string) => string} base */
function groupOf(name, base) {
  return /loss/.test(name) ? 'loss' : /acc/.test(name) ? 'accuracy' : base(name);
}

/** An exponential mean, corrected for its start as TensorBoard does. @param {(number|null)[]} values @param {number} weight */
function smoothed(values, weight) {
  if (weight === 0) {
    return values;
  }
  let mean = 0;
  let share = 0;
  return values.map((value) => {
    if (value === null) {
      return null;
    }
    mean = weight * mean + (1 - weight) * value;
    share = weight * share + (1 - weight);
    return mean / share;
  });
}
