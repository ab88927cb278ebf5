import {get} from '../api.js';
import {number} from '../format.js';
import {colour} from '../theme.js';
import {Chart, axis, tooltip} from './chart.js';

const FIRM = 50;

/** How much each parameter decides. @param {import('../study-model.js').StudyModel} model */
export function importanceChart(model) {
  /** @type {Chart} */
  const chart = new Chart({id: 'importance', title: 'Importance of the parameters', height: 320,
    emptyText: 'Importance takes 20 completed or infeasible trials.'}, async () => {
    const answer = await get(`${model.path}/importance`);
    if (answer.parameters.length === 0) {
      return null;
    }
    const shown = answer.parameters.slice(0, 25);
    const best = Math.ceil(answer.quantile * answer.trials);
    return {
      summary: `Importance by ${answer.method}: ${shown.slice(0, 3).map((one) => `${one.label} ${number(100 * one.share, 3)} %`).join(', ')}`,
      note: `${answer.method}: how unlike the best ${best} of ${answer.sampled ? 'a sample of ' : ''}${answer.trials} trials are to all.${
        answer.trials < FIRM ? ` That rests on few trials: from ${FIRM} on it is firmer.` : ''}`,
      columns: ['parameter', 'share', 'divergence', 'trials'],
      rows: answer.parameters.map((one) => [one.label, one.share, one.divergence, one.trials]),
      height: Math.max(160, 50 + shown.length * 24),
      option: {
        grid: {left: 12, right: 60, top: 8, bottom: 30, containLabel: true},
        tooltip: tooltip(({data}) => ({title: data.one.label, lines: [['share', `${number(100 * data.one.share, 3)} %`],
          ['divergence', number(data.one.divergence)], ['active in', `${data.one.trials} trials`]]}), {trigger: 'item'}),
        xAxis: axis({type: 'value', axisLabel: {color: colour('muted'), fontSize: 11, formatter: (value) => `${number(100 * value, 3)} %`}}),
        yAxis: axis({type: 'category', inverse: true, data: shown.map((one) => one.label), splitLine: {show: false},
          axisLabel: {color: colour('text'), fontSize: 12, width: 200, overflow: 'truncate'}, axisTick: {show: false}}),
        series: [{type: 'bar', barWidth: 13, itemStyle: {color: colour('completed'), borderRadius: [0, 3, 3, 0]},
          label: {show: true, position: 'right', color: colour('muted'), fontSize: 11,
            formatter: ({data}) => `${number(100 * data.one.share, 3)} %`},
          data: shown.map((one) => ({value: one.share, one}))}],
      },
    };
  });
  return chart;
}
