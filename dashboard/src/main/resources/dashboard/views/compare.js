import {get, query, studyPath} from '../api.js';
import {Chart, axis, tooltip} from '../charts/chart.js';
import {CATEGORY_COLOURS} from '../charts/curves.js';
import {emptyState, fill, h, link, loading, named, shortened, stateMark} from '../dom.js';
import {count, duration, number, numberCell} from '../format.js';
import {setState, state} from '../router.js';
import {colour} from '../theme.js';

const MOST = 7;
const LISTED = 100;
const AXES = {
  trials: {title: 'trials', at: (step) => step.evidenceNumber + 1, end: (history) => history.evidence},
  hours: {title: 'hours of training', at: (step) => step.trainingSeconds / 3600, end: (history) => history.trainingSeconds / 3600},
  time: {title: 'hours since it was created', at: (step, study) => (Date.parse(step.recordedAt) - Date.parse(study.createdAt)) / 3600000, end: () => null},
};

/** Studies side by side. @type {import('../router.js').Page} */
export function comparePage() {
  const leaving = new AbortController();
  const choice = h('div.row', {role: 'group', 'aria-label': 'Studies to compare'});
  const table = h('div', null, loading('studies'));
  let studies = [];
  const chosen = () => (state().get('studies')?.split(',') ?? studies.slice(0, 3).map((study) => study.studyId)).slice(0, MOST);
  const by = h('select', {onchange: (event) => {
    setState({by: event.target.value === 'trials' ? null : event.target.value});
    chart.update();
  }}, ...Object.entries(AXES).map(([value, {title}]) => h('option', {value, selected: value === (state().get('by') ?? 'trials')}, title)));

  const chart = new Chart({id: 'compare', title: 'Best so far', height: 420, controls: [h('label.field', null, 'Over', by)],
    emptyText: 'Choose studies that have completed trials.'}, async () => {
    const along = AXES[state().get('by') ?? 'trials'] ?? AXES.trials;
    const shown = studies.filter((study) => chosen().includes(study.studyId));
    const histories = await Promise.all(shown.map((study) => get(`${studyPath(study.studyId)}/history`, leaving.signal)));
    const lines = histories.map((history, at) => {
      const points = history.items.map((step) => [along.at(step, shown[at]), step.objective]);
      const end = along.end(history);
      return end === null || points.length === 0 ? points : [...points, [Math.max(end, points[points.length - 1][0]), points[points.length - 1][1]]];
    });
    if (lines.every((line) => line.length === 0)) {
      return null;
    }
    const names = shown.map((study, at) => `${at + 1}. ${shortened(study.name, 40)}`);
    return {
      summary: `Best objective so far of ${shown.length} studies over ${along.title}`,
      note: new Set(shown.map((study) => study.objective.metric)).size > 1 ? 'These studies have different objectives: their values do not compare.' : '',
      columns: ['study', along.title, 'best objective'],
      rows: lines.flatMap((line, at) => line.map(([x, y]) => [shown[at].name, x, y])),
      option: {
        grid: {left: 62, right: 20, top: 44, bottom: 44},
        legend: {top: 8, type: 'scroll', textStyle: {color: colour('muted'), fontSize: 12}},
        tooltip: tooltip(({seriesName, value}) => ({title: seriesName, lines: [[along.title, number(value[0])], ['best', number(value[1])]]}), {trigger: 'item'}),
        xAxis: axis({type: 'value', name: along.title, nameLocation: 'middle', nameGap: 28, splitLine: {show: false}}),
        yAxis: axis({type: 'value', scale: true, axisLabel: {color: colour('muted'), fontSize: 11, formatter: (value) => number(value)}}),
        series: lines.map((line, at) => ({name: names[at], type: 'line', step: 'end', data: line, symbolSize: 5,
          lineStyle: {width: 2, color: colourOf(at)}, itemStyle: {color: colourOf(at)}})),
      },
    };
  });

  const show = () => {
    fill(choice, ...studies.map((study) => h('label.row.small', null, h('input', {type: 'checkbox', checked: chosen().includes(study.studyId),
      onchange: (event) => {
        const next = studies.map((one) => one.studyId).filter((id) => (id === study.studyId ? event.target.checked : chosen().includes(id)));
        setState({studies: next.slice(0, MOST).join(',') || 'none'});
        show();
        chart.update();
      }}), named(shortened(study.name, 40)))));
    const shown = studies.filter((study) => chosen().includes(study.studyId));
    fill(table, h('section.card', null, h('div.scroll', {tabindex: 0, role: 'region', 'aria-label': 'Studies compared'}, h('table', null,
        h('caption.hidden-text', null, 'Studies compared'),
        h('thead', null, h('tr', null, ...['Study', 'State', 'Sampler', 'Objective', 'Best', 'Trials', 'Completed', 'Pruned', 'Failed', 'Training time'].map((title) =>
          h('th', {scope: 'col', class: ['Best', 'Trials', 'Completed', 'Pruned', 'Failed', 'Training time'].includes(title) ? 'number' : ''}, title)))),
        h('tbody', null, ...shown.map((study) => h('tr', {data: {study: study.studyId}},
            h('th', {scope: 'row'}, link(`/studies/${encodeURIComponent(study.studyId)}`, named(shortened(study.name, 60)))),
            h('td', null, stateMark(study.state)), h('td', null, study.spec?.sampler?.type ?? '–'),
            h('td', null, named(study.objective.metric), `, ${study.objective.direction}`),
            numberCell(study.best?.objective), h('td.number', null, count(study.trials.counted)), h('td.number', null, count(study.trials.completed)),
            h('td.number', null, count(study.trials.pruned)), h('td.number', null, count(study.trials.failed)),
            h('td.number', {title: `${study.trainingSeconds} s`}, duration(study.trainingSeconds)))))))));
  };

  const element = h('div.stack', null, h('h1', null, 'Compare studies'), choice, table, chart.element);
  (async () => {
    try {
      const list = (await get(`/studies${query({pageSize: LISTED})}`, leaving.signal)).items;
      // A list leaves the study file out, which has the sampler.
      studies = await Promise.all(list.map((study) => (list.length > 30 ? study : get(studyPath(study.studyId), leaving.signal).catch(() => study))));
      if (studies.length === 0) {
        fill(table, emptyState('No studies yet', 'Two of them make a comparison.', link('/new', 'Create a study')));
        chart.element.remove();
        return;
      }
      show();
      chart.update();
    } catch (error) {
      if (!leaving.signal.aborted) {
        fill(table, emptyState('The studies cannot be read', error.message));
      }
    }
  })();
  return {title: 'Compare', element, leave: () => {
    leaving.abort();
    chart.dispose();
  }};
}

/** @param {number} at */
function colourOf(at) {
  return CATEGORY_COLOURS[at % CATEGORY_COLOURS.length];
}
