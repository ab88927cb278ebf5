import {number} from '../format.js';
import {colour, viridis} from '../theme.js';
import {Chart, axis, tooltip, trialLines} from './chart.js';
import {colourBar} from './curves.js';
import {linkPoints} from './history.js';
import {scaleOf} from './scales.js';

/** Room for one plot. */
const COLUMN_PIXELS = 280;
const ROW_PIXELS = 210;

/**
 * The objective over each parameter, later trials brighter.
 * @param {import('../study-model.js').StudyModel} model
 * @param {import('../selection.js').Selection} selection
 */
export function sliceChart(model, selection) {
  const chart = new Chart({id: 'slice', title: 'Slices', height: 400}, async () => {
    const {points, keys, sampling} = await model.table();
    const shown = points.filter((point) => typeof point.objective === 'number' && point.state === 'COMPLETED');
    if (shown.length === 0) {
      return null;
    }
    const columns = Math.max(1, Math.floor((chart.element.clientWidth - 70) / COLUMN_PIXELS));
    const rows = Math.ceil(keys.length / columns);
    const last = Math.max(...shown.map((point) => point.number), 1);
    const width = (100 - 6) / columns;
    const objectives = shown.map((point) => point.objective);
    const [low, high] = [Math.min(...objectives), Math.max(...objectives)];
    const grids = keys.map((key, at) => ({left: `${(at % columns) * width + width * 0.2}%`, width: `${width * 0.74}%`,
      top: Math.floor(at / columns) * ROW_PIXELS + 30, height: ROW_PIXELS - 76}));
    const scales = keys.map((key) => scaleOf(key, shown, model.study.spec?.space));
    return {
      summary: `Objective over each of ${keys.length} parameters, ${shown.length} completed trials`,
      note: `Colour: number of the trial, the latest brightest.${sampling ? ` Shows ${sampling.note}.` : ''}`,
      columns: ['trial', 'objective', ...keys],
      rows: shown.map((point) => [point.number, point.objective, ...keys.map((key) => point.values[key])]),
      height: rows * ROW_PIXELS + 10,
      option: {
        visualMap: {...colourBar(0, last, false), text: [`#${last}`, '#0'], itemHeight: 110, top: 30},
        title: keys.map((key, at) => ({text: key, left: grids[at].left, top: grids[at].top - 24,
          textStyle: {fontSize: 12, fontWeight: 600, color: colour('text'), width: COLUMN_PIXELS * 0.8, overflow: 'truncate'}})),
        tooltip: tooltip(({data, seriesIndex}) => (data?.trial ? {title: `Trial #${data.trial.number}`, lines: trialLines(data.trial, [keys[seriesIndex]])} : null), {trigger: 'item'}),
        grid: grids,
        xAxis: scales.map((scale, gridIndex) => axis({gridIndex, ...scale.axis, splitNumber: 3, splitLine: {show: false},
          axisLabel: {color: colour('muted'), fontSize: 10.5, hideOverlap: true, formatter: scale.label}})),
        yAxis: keys.map((key, gridIndex) => axis({gridIndex, type: 'value', scale: true, splitNumber: 3, min: low - (high - low) * 0.05,
          max: high + (high - low) * 0.05, axisLabel: {color: colour('muted'), fontSize: 10.5, hideOverlap: true,
            formatter: (value) => (value < low - (high - low) * 0.04 || value > high + (high - low) * 0.04 ? '' : number(value, 3))}})),
        series: scales.map((scale, at) => ({type: 'scatter', xAxisIndex: at, yAxisIndex: at, symbolSize: shown.length > 500 ? 4 : 6.5,
          emphasis: {scale: 1.8, itemStyle: {borderColor: colour('text'), borderWidth: 1.5}},
          data: shown.map((point) => ({value: [scale.at(point), point.objective], trial: point,
            itemStyle: {color: viridis(point.number / last), opacity: selection.passes(point) ? 0.9 : 0.06}}))})),
      },
    };
  });
  linkPoints(chart, selection, model);
  return chart;
}
