import {get} from '../api.js';
import {shortened} from '../dom.js';
import {duration} from '../format.js';
import {colour, stateColour} from '../theme.js';
import {Chart, axis, tooltip} from './chart.js';
import {linkPoints} from './history.js';

const MOST_RUNS = 500;
const ROW_PIXELS = 30;

/**
 * Who trained what, and when; what runs goes on to now.
 * @param {import('../study-model.js').StudyModel} model
 * @param {import('../selection.js').Selection} selection
 */
export function timelineChart(model, selection) {
  const chart = new Chart({id: 'timeline', title: 'Timeline', height: 320, emptyText: 'No trial has been begun yet.'}, async () => {
    const page = await get(`${model.path}/timeline?pageSize=${MOST_RUNS}`);
    const runs = page.items;
    if (runs.length === 0) {
      return null;
    }
    const trainers = [...new Set(runs.map((run) => run.trainerId))].sort();
    const now = Date.now();
    const state = (run) => (run.endedAt ? run.outcome ?? run.state : 'RUNNING');
    return {
      summary: `${runs.length} attempts of ${trainers.length} trainers`,
      note: page.nextPageToken && `Shows the latest ${MOST_RUNS} attempts.`,
      columns: ['trial', 'trainer', 'state', 'began', 'ended', 'last epoch'],
      rows: runs.map((run) => [run.number, run.trainerId, state(run), run.startedAt, run.endedAt ?? null, run.lastEpoch]),
      height: 90 + trainers.length * ROW_PIXELS,
      option: {
        grid: {left: 12, right: 20, top: 12, bottom: 44, containLabel: true},
        tooltip: tooltip(({data}) => ({title: `Trial #${data.trial.number}`, lines: [['trainer', data.run.trainerId], ['state', state(data.run).toLowerCase()],
          ['took', duration((Date.parse(data.run.endedAt ?? new Date(now).toISOString()) - Date.parse(data.run.startedAt)) / 1000)],
          ['last epoch', String(data.run.lastEpoch)]]}), {trigger: 'item'}),
        dataZoom: [{type: 'inside', filterMode: 'weakFilter', zoomOnMouseWheel: 'ctrl'}],
        xAxis: axis({type: 'time', axisLabel: {color: colour('muted'), fontSize: 11, hideOverlap: true}}),
        yAxis: axis({type: 'category', data: trainers, inverse: true, axisTick: {show: false},
          axisLabel: {color: colour('text'), fontSize: 11, formatter: (name) => shortened(name, 28)}}),
        series: [{
          type: 'custom',
          encode: {x: [1, 2], y: 0},
          renderItem: (parameters, api) => {
            const from = api.coord([api.value(1), api.value(0)]);
            const to = api.coord([api.value(2), api.value(0)]);
            const tall = ROW_PIXELS * 0.6;
            const wide = Math.max(2, to[0] - from[0] - 1);
            return {type: 'rect', shape: {x: from[0], y: from[1] - tall / 2, width: wide, height: tall, r: 2},
              style: {fill: api.visual('color'), opacity: api.visual('opacity')}, emphasis: {style: {stroke: colour('text'), lineWidth: 1.5}},
              textContent: wide > 26 ? {style: {text: `#${runs[parameters.dataIndex].number}`, fill: colour('surface'), fontSize: 10}} : undefined,
              textConfig: {position: 'inside'}};
          },
          data: runs.map((run) => ({value: [trainers.indexOf(run.trainerId), Date.parse(run.startedAt),
            run.endedAt ? Date.parse(run.endedAt) : Math.max(now, Date.parse(run.startedAt))], run, trial: {number: run.number},
          itemStyle: {color: stateColour(state(run))}})),
        }],
      },
    };
  });
  linkPoints(chart, selection, model);
  return chart;
}
