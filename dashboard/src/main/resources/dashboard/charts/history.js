import {get} from '../api.js';
import {h} from '../dom.js';
import {number} from '../format.js';
import {go, setState, state} from '../router.js';
import {colour, stateColour} from '../theme.js';
import {Chart, axis, tooltip, trialLines} from './chart.js';

/**
 * How the study came to its best: a point a trial, the best so far as a line, random start-up told from the model's
 * suggestions by its shape.
 * @param {import('../study-model.js').StudyModel} model
 * @param {import('../selection.js').Selection} selection
 */
export function historyChart(model, selection) {
  const logarithmic = h('button.quiet', {'aria-pressed': String(state().get('y') === 'log'), onclick: () => {
    const on = state().get('y') !== 'log';
    setState({y: on ? 'log' : null});
    logarithmic.setAttribute('aria-pressed', String(on));
    chart.update();
  }}, 'Log scale');
  /** @type {import('../study-model.js').Point[]} */
  let shown = [];

  const chart = new Chart({id: 'history', title: 'Optimisation history', controls: [logarithmic]}, async () => {
    const [table, history] = await Promise.all([model.table(), get(`${model.path}/history`)]);
    shown = table.points.filter((point) => point.objective !== null && point.objective !== undefined);
    if (shown.length === 0) {
      return null;
    }
    const inside = (point) => selection.passes(point);
    const groups = [
      ['suggested by the model', 'circle', (point) => point.state === 'COMPLETED' && point.origin === 'MODEL'],
      ['random start-up', 'emptyCircle', (point) => point.state === 'COMPLETED' && point.origin === 'STARTUP'],
      ['enqueued or imported', 'triangle', (point) => point.state === 'COMPLETED' && !['MODEL', 'STARTUP'].includes(point.origin)],
      ['pruned', 'emptyDiamond', (point) => point.state === 'PRUNED'],
      ['infeasible or failed', 'emptyRect', (point) => !['COMPLETED', 'PRUNED'].includes(point.state)],
    ];
    const last = Math.max(...table.points.map((point) => point.number));
    // By number, where the best is told in the order in which trials ended.
    const steps = history.items.map((step) => [step.number, step.objective]).sort((a, b) => a[0] - b[0])
        .filter(([, objective], at, all) => all.slice(0, at).every(([, before]) => (model.maximize ? objective > before : objective < before)));
    if (steps.length > 0 && steps[steps.length - 1][0] < last) {
      steps.push([last, steps[steps.length - 1][1]]);
    }
    return {
      summary: `Objective of ${shown.length} trials by number; the best is ${number(model.study.best?.objective)}`,
      note: table.sampling && `Shows ${table.sampling.note}.`,
      columns: ['trial', 'objective', 'state', 'origin', 'best so far'],
      rows: shown.map((point) => [point.number, point.objective, point.state, point.origin,
        history.items.filter((step) => step.number <= point.number).at(-1)?.objective ?? null]),
      option: {
        grid: {left: 58, right: 18, top: 40, bottom: 42},
        legend: {top: 6, left: 12, itemHeight: 9, itemWidth: 16, textStyle: {color: colour('muted'), fontSize: 12},
          inactiveColor: colour('line-strong'), type: 'scroll'},
        tooltip: tooltip(({data}) => (data?.trial === undefined ? null
            : {title: `Trial #${data.trial.number}`, lines: trialLines(data.trial)}), {trigger: 'item'}),
        xAxis: axis({type: 'value', name: 'trial', nameLocation: 'middle', nameGap: 26, min: 0, max: Math.max(1, last),
          minInterval: 1, splitLine: {show: false}}),
        yAxis: axis({type: state().get('y') === 'log' && shown.every((point) => point.objective > 0) ? 'log' : 'value',
          scale: true, axisLabel: {color: colour('muted'), fontSize: 11, formatter: (value) => number(value)}}),
        series: [
          ...groups.map(([name, symbol, member]) => ({
            name,
            type: 'scatter',
            symbol,
            symbolSize: shown.length > 1000 ? 5 : 8,
            itemStyle: {color: stateColour(name === 'pruned' ? 'PRUNED' : name.startsWith('infeasible') ? 'INFEASIBLE' : 'COMPLETED')},
            emphasis: {scale: 1.8, itemStyle: {borderColor: colour('text'), borderWidth: 1.5}},
            data: shown.filter(member).map((point) => ({value: [point.number, point.objective], trial: point,
              itemStyle: inside(point) ? undefined : {opacity: 0.12}})),
          })).filter((series) => series.data.length > 0),
          {name: 'best so far', type: 'line', step: 'end', symbol: 'none', data: steps, silent: true, z: 1,
            lineStyle: {color: colour('pruned'), width: 2}, itemStyle: {color: colour('pruned')}},
        ],
      },
    };
  });
  linkPoints(chart, selection, model);
  return chart;
}

/**
 * Marks in this chart the trial that is pointed at anywhere, and tells which one is pointed at here; a click opens it.
 * @param {Chart} chart
 * @param {import('../selection.js').Selection} selection
 * @param {import('../study-model.js').StudyModel} model
 */
export function linkPoints(chart, selection, model) {
  chart.onReady((instance) => {
    instance.on('mouseover', (event) => event.data?.trial && selection.hover(event.data.trial.number));
    instance.on('mouseout', () => selection.hover(null));
    instance.on('click', (event) => event.data?.trial
        && go(`/trials/${encodeURIComponent(`${model.study.studyId}:${event.data.trial.number}`)}`));
  });
  selection.onHover((trial) => {
    if (!chart.instance) {
      return;
    }
    chart.instance.dispatchAction({type: 'downplay'});
    if (trial !== null) {
      (chart.instance.getOption().series ?? []).forEach((series, seriesIndex) => {
        const dataIndex = (series.data ?? []).findIndex((item) => item?.trial?.number === trial);
        if (dataIndex >= 0) {
          chart.instance.dispatchAction({type: 'highlight', seriesIndex, dataIndex});
        }
      });
    }
  });
  selection.onBrush(() => chart.update());
}
