import {shortened} from '../dom.js';
import {OBJECTIVE} from '../selection.js';
import {colour, viridis} from '../theme.js';
import {Chart, objectiveScale} from './chart.js';
import {colourBar} from './curves.js';
import {scaleOf} from './scales.js';

const MOST_LINES = 1500;
const LABEL_CHARACTERS = 12;
const AFTER_BRUSH_MILLIS = 400;
/** Narrower than that, the axes' labels hide each other: the chart then scrolls. */
const AXIS_PIXELS = 62;

/**
 * Trials as lines across the parameters, the objective last; a brush on an axis filters all views.
 * @param {import('../study-model.js').StudyModel} model
 * @param {import('../selection.js').Selection} selection
 */
export function parallelChart(model, selection) {
  /** @type {import('./scales.js').Scale[]} */
  let scales = [];
  let ours = false;
  const chart = new Chart({id: 'parallel', title: 'Parallel coordinates', height: 420}, async () => {
    const table = await model.table();
    const all = table.points.filter((point) => typeof point.objective === 'number' && point.state === 'COMPLETED');
    if (all.length === 0) {
      return null;
    }
    const byWorth = [...all].sort((a, b) => (model.maximize ? a.objective - b.objective : b.objective - a.objective));
    const shown = byWorth.slice(-MOST_LINES);
    scales = [...table.keys, OBJECTIVE].map((key) => scaleOf(key, all, model.study.spec?.space));
    const worth = objectiveScale(all.map((point) => point.objective), model.maximize);
    const left = shown.length < all.length ? `Shows the best ${shown.length} of ${all.length} completed trials. ` : '';
    return {
      summary: `${shown.length} completed trials across ${table.keys.length} parameters and the objective`,
      note: `${left}${table.sampling ? `Of ${table.sampling.note}. ` : ''}Drag along an axis to filter, click it to let go.`,
      columns: ['trial', ...scales.map((scale) => scale.key)],
      rows: shown.map((point) => [point.number, ...scales.map((scale) => scale.raw(point))]),
      width: 170 + (scales.length - 1) * AXIS_PIXELS,
      option: {
        visualMap: colourBar(worth.low, worth.high, !model.maximize),
        parallel: {left: 46, right: 120, top: 66, bottom: 26},
        parallelAxis: scales.map((scale, dim) => ({
          dim,
          name: scale.key,
          nameLocation: 'end',
          nameRotate: 22,
          nameGap: 12,
          nameTextStyle: {color: colour('text'), fontSize: 11, align: 'left', width: 120, overflow: 'truncate'},
          nameTruncate: {maxWidth: 120},
          axisLine: {lineStyle: {color: colour('line-strong')}},
          axisTick: {lineStyle: {color: colour('line-strong')}},
          axisLabel: {color: colour('text'), fontSize: 10.5, formatter: (value) => shortened(scale.label(value), LABEL_CHARACTERS),
            showMinLabel: scale.category ? undefined : false, showMaxLabel: scale.category ? undefined : false,
            textBorderColor: colour('surface'), textBorderWidth: 3},
          areaSelectStyle: {color: colour('accent'), borderColor: colour('accent'), opacity: 0.25, width: 18},
          ...scale.axis,
        })),
        series: [{
          type: 'parallel',
          smooth: 0.05,
          inactiveOpacity: 0.04,
          activeOpacity: shown.length > 300 ? 0.35 : 0.75,
          lineStyle: {width: shown.length > 300 ? 1 : 1.6, opacity: shown.length > 300 ? 0.35 : 0.75},
          emphasis: {disabled: true},
          progressive: 400,
          data: shown.map((point) => line(point, worth)),
        }],
      },
    };
  });

  /** @param {import('../study-model.js').Point} point @param {{share: (value: number) => number}} worth */
  const line = (point, worth) => ({value: scales.map((scale) => scale.at(point)), trial: point,
    lineStyle: {color: viridis(worth.share(point.objective)),
      ...(selection.hovered === point.number ? {width: 4.5, opacity: 1, color: colour('text')} : {})}});

  /** Shows the conditions as areas on the axes. */
  const mark = () => {
    if (!chart.instance || !chart.instance.getOption().parallelAxis?.length) {
      return;
    }
    ours = true;
    scales.forEach((scale, at) => chart.instance.dispatchAction({type: 'axisAreaSelect', parallelAxisIndex: at,
      intervals: scale.intervals(selection.conditions.find((one) => one.key === scale.key))}));
    ours = false;
  };
  // Drawing anew would break off a brush that is being drawn.
  let held = false;
  let late = false;
  chart.element.addEventListener('pointerdown', () => {
    held = true;
  });
  ['pointerup', 'pointerleave', 'pointercancel'].forEach((end) => chart.element.addEventListener(end, () => {
    held = false;
    if (late) {
      late = false;
      setTimeout(() => chart.update(), AFTER_BRUSH_MILLIS);
    }
  }));
  const update = chart.update.bind(chart);
  chart.update = async () => {
    if (held) {
      late = true;
      return;
    }
    await update();
    mark();
  };
  chart.onReady((instance) => {
    let timer = 0;
    instance.on('axisareaselected', () => {
      if (ours) {
        return;
      }
      clearTimeout(timer);
      timer = window.setTimeout(() => {
        const axes = chart.instance?.getOption().parallelAxis ?? [];
        axes.forEach((one, at) => {
          const intervals = chart.instance.getModel().getComponent('parallelAxis', at).activeIntervals;
          selection.brush(scales[at].condition(intervals));
        });
      }, 120);
    });
  });
  selection.onBrush(mark);
  selection.onHover((trial) => {
    const series = chart.instance?.getOption().series?.[0];
    if (!series) {
      return;
    }
    const worth = objectiveScale(series.data.map((item) => item.trial.objective), model.maximize);
    chart.instance.setOption({series: [{data: series.data.map((item) => item.trial).sort((a, b) =>
      Number(a.number === trial) - Number(b.number === trial)).map((point) => line(point, worth))}]});
    mark();
  });
  return chart;
}

