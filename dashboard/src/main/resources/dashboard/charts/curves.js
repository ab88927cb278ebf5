import {get, query} from '../api.js';
import {fill, h} from '../dom.js';
import {number, plain} from '../format.js';
import {go, setState, state} from '../router.js';
import {VIRIDIS, colour, viridis} from '../theme.js';
import {Chart, axis, objectiveScale, tooltip} from './chart.js';

const MOST_CURVES = 200;
/** Okabe and Ito's colours, which every eye can tell apart, without black and yellow. */
export const CATEGORY_COLOURS = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#8a8d91'];
const NONE_COLOUR = '#8a8d91';

/**
 * The learning curves of all trials, coloured by the objective or by a parameter.
 * @param {import('../study-model.js').StudyModel} model
 * @param {import('../selection.js').Selection} selection
 */
export function curvesChart(model, selection) {
  const metric = h('select', {'aria-label': 'Metric', onchange: (event) => {
    setState({metric: event.target.value});
    chart.update();
  }});
  const by = h('select', {'aria-label': 'Colour by', onchange: (event) => {
    setState({by: event.target.value === 'objective' ? null : event.target.value});
    chart.update();
  }});

  const chart = new Chart({id: 'curves', title: 'Learning curves', height: 460, controls: [
    h('label.field', null, 'Metric', metric), h('label.field', null, 'Colour by', by)],
  emptyText: 'Curves appear with the first epoch of a trial.'}, async () => {
    const [answer, table] = await Promise.all([
      get(`${model.path}/curves${query({metric: state().get('metric'), maxCurves: MOST_CURVES})}`), model.table()]);
    options(metric, answer.metrics, answer.metric);
    options(by, ['objective', ...table.keys], state().get('by') ?? 'objective');
    const curves = answer.curves.filter((curve) => curve.epochs.length > 0);
    if (curves.length === 0) {
      return null;
    }
    const valueOf = (curve) => ((state().get('by') ?? 'objective') === 'objective' ? curve.objective
        : table.byNumber.get(curve.number)?.values[state().get('by') ?? '']);
    const colours = colourBy(curves.map(valueOf), (state().get('by') ?? 'objective') === 'objective', model.maximize);
    const passes = (curve) => {
      const point = table.byNumber.get(curve.number);
      return selection.conditions.length === 0 || (point !== undefined && selection.passes(point));
    };
    return {
      summary: `${answer.metric} by epoch of ${curves.length} trials`,
      note: [answer.sampling ? `Shows ${answer.sampling.note}.` : '', colours.note].filter(Boolean).join(' '),
      columns: ['trial', 'epoch', answer.metric],
      rows: curves.flatMap((curve) => curve.epochs.map((epoch, at) => [curve.number, epoch, curve.values[at]])),
      option: {
        grid: {left: 58, right: colours.map ? 86 : 18, top: 20, bottom: 42},
        tooltip: tooltip(({seriesName, value, data}) => ({title: `Trial #${seriesName}`, lines: [
          ['epoch', String(value[0])], [answer.metric, number(value[1])], ['objective', plain(data.curve.objective ?? '–')],
          ...((state().get('by') ?? 'objective') === 'objective' ? [] : [[state().get('by'), plain(valueOf(data.curve))]])]}), {trigger: 'item'}),
        visualMap: colours.map,
        xAxis: axis({type: 'value', name: 'epoch', nameLocation: 'middle', nameGap: 26, minInterval: 1, min: 1,
          splitLine: {show: false}}),
        yAxis: axis({type: 'value', scale: true, axisLabel: {color: colour('muted'), fontSize: 11, formatter: (value) => number(value)}}),
        series: curves.map((curve) => ({
          name: String(curve.number),
          type: 'line',
          symbolSize: 4,
          showSymbol: curve.epochs.length < 12,
          lineStyle: {width: 1.4, color: colours.of(valueOf(curve)), opacity: passes(curve) ? 0.85 : 0.08,
            type: curve.state === 'PRUNED' ? 'dashed' : 'solid'},
          itemStyle: {color: colours.of(valueOf(curve)), opacity: passes(curve) ? 1 : 0.08},
          emphasis: {lineStyle: {width: 3.5, opacity: 1}},
          triggerLineEvent: true,
          data: curve.epochs.map((epoch, at) => ({value: [epoch, curve.values[at]], curve})),
        })),
      },
    };
  });
  chart.onReady((instance) => {
    instance.on('mouseover', (event) => event.seriesName && selection.hover(Number(event.seriesName)));
    instance.on('mouseout', () => selection.hover(null));
    instance.on('click', (event) => event.seriesName
        && go(`/trials/${encodeURIComponent(`${model.study.studyId}:${event.seriesName}`)}`));
  });
  selection.onHover((trial) => {
    chart.instance?.dispatchAction({type: 'downplay'});
    if (trial !== null) {
      chart.instance?.dispatchAction({type: 'highlight', seriesName: String(trial)});
    }
  });
  selection.onBrush(() => chart.update());
  return chart;
}

/** @param {HTMLElement} select @param {string[]} values @param {string} chosen */
export function options(select, values, chosen) {
  const shown = [...select.querySelectorAll('option')].map((option) => option.value);
  const all = values.includes(chosen) ? values : [chosen, ...values];
  if (shown.join('\n') !== all.join('\n')) {
    fill(select, ...all.map((value) => h('option', {value}, value)));
  }
  /** @type {HTMLSelectElement} */ (select).value = chosen;
}

/**
 * Colours for values: numbers on viridis with a scale beside the chart, categories apart, none in grey.
 * @param {any[]} values @param {boolean} objective @param {boolean} maximize
 */
export function colourBy(values, objective, maximize) {
  const numbers = values.filter((value) => typeof value === 'number');
  const others = [...new Set(values.filter((value) => value !== null && value !== undefined && typeof value !== 'number').map(String))].sort();
  if (others.length > 0 || numbers.length === 0) {
    const known = [...others, ...new Set(numbers.map(String))];
    return {
      of: (value) => (value === null || value === undefined ? NONE_COLOUR
          : CATEGORY_COLOURS[known.indexOf(String(value)) % CATEGORY_COLOURS.length]),
      map: known.length === 0 ? undefined : {type: 'piecewise', show: true, right: 4, top: 20, itemWidth: 12, itemHeight: 12,
        textStyle: {color: colour('muted'), fontSize: 11}, seriesIndex: [], dimension: 0, categories: known,
        inRange: {color: Object.fromEntries(known.map((value, at) => [value, CATEGORY_COLOURS[at % CATEGORY_COLOURS.length]]))}},
      note: '',
    };
  }
  const scale = objective ? objectiveScale(numbers, maximize)
      : {low: Math.min(...numbers), high: Math.max(...numbers), share: (value) => 0};
  const share = objective ? scale.share : (value) => (scale.high === scale.low ? 0.5 : (value - scale.low) / (scale.high - scale.low));
  return {
    of: (value) => (typeof value === 'number' ? viridis(share(value)) : NONE_COLOUR),
    map: colourBar(scale.low, scale.high, objective && !maximize),
    note: '',
  };
}

/** A scale of colours beside a chart, for the eye alone. @param {number} low @param {number} high @param {boolean} reversed */
export function colourBar(low, high, reversed) {
  return {type: 'continuous', show: true, right: 2, top: 'middle', itemWidth: 12, itemHeight: 160, min: low, max: high === low ? low + 1e-9 : high,
    calculable: false, hoverLink: false, seriesIndex: [], text: [number(high), number(low)],
    textStyle: {color: colour('muted'), fontSize: 11}, inRange: {color: reversed ? [...VIRIDIS].reverse() : VIRIDIS}};
}
