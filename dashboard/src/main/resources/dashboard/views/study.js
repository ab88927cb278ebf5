import {contourChart} from '../charts/contour.js';
import {curvesChart} from '../charts/curves.js';
import {historyChart} from '../charts/history.js';
import {importanceChart} from '../charts/importance.js';
import {parallelChart} from '../charts/parallel.js';
import {scatterMatrixChart} from '../charts/scatter-matrix.js';
import {sliceChart} from '../charts/slice.js';
import {timelineChart} from '../charts/timeline.js';
import {commandButtons} from '../commands.js';
import {emptyState, fill, h, link, loading, named, refill, stateMark} from '../dom.js';
import {filterBar} from '../filter-bar.js';
import {duration, number, time} from '../format.js';
import {attempt} from '../notices.js';
import {priorCards} from '../priors.js';
import {Selection} from '../selection.js';
import {StudyModel} from '../study-model.js';
import {bestCard} from './best.js';
import {leaderboard} from './leaderboard.js';
import {progress, trialCounts} from './studies.js';
import {trainersStrip} from './trainers.js';

/** Why nothing moves until somebody does something; other reasons are those of a busy study. */
const STANDS_STILL = ['NO_TRAINERS', 'PAUSED'];
const VIEWS = {
  '': {title: 'Overview', content: overview},
  parameters: {title: 'Parameters', content: parameters},
  curves: {title: 'Learning curves', content: curves},
  timeline: {title: 'Timeline', content: timeline},
  space: {title: 'Search space', content: space},
  file: {title: 'Study file', content: file},
};

/** A study. @type {import('../router.js').Page} */
export function studyPage([name, view = '']) {
  const element = h('div.stack', null, loading('the study'));
  const leaving = new AbortController();
  /** @type {StudyModel|null} */
  let model = null;
  /** @type {import('../charts/chart.js').Chart[]} */
  let charts = [];

  StudyModel.load(name, leaving.signal).then((loaded) => {
    model = loaded;
    const content = (VIEWS[view] ?? VIEWS['']).content(model, new Selection());
    charts = content.charts;
    document.title = `${model.study.name.slice(0, 80)} · Trialstream`;
    fill(element, head(model), tabs(model, view), ...content.parts);
    model.on('gone', () => {
      model?.stop();
      fill(element, emptyState('The study was deleted', h('span', null, named(name), ' is no more.'), link('/', 'All studies')));
    });
    model.start();
  }).catch((error) => {
    if (!leaving.signal.aborted) {
      fill(element, error.status === 404
          ? emptyState('There is no such study', h('span', null, 'No study is called ', named(name), '. It may have been deleted.'),
              link('/', 'All studies'))
          : emptyState('The study cannot be read', error.message, h('button', {onclick: () => location.reload()}, 'Try again')));
    }
  });

  return {
    title: name,
    element,
    leave: () => {
      leaving.abort();
      model?.stop();
      charts.forEach((chart) => chart.dispose());
    },
  };
}

/** @param {StudyModel} model */
function head(model) {
  const box = h('div.stack');
  const show = () => {
    const {study} = model;
    const why = study.stateReason ?? study.waitingFor;
    const left = model.left();
    const hourly = model.pace.hourly(study);
    refill(box,
        h('div.row.spread', null,
            h('div.row', null, h('h1', null, named(study.name)), stateMark(study.state)),
            h('div.row', null, ...commandButtons(study, () => attempt(() => model.refresh())))),
        why && reasonWhy(study, why),
        study.orphaned && h('div.banner.warn', null, 'The topics have lost this study: it can be read, exported and deleted.'),
        h('dl.figures', null,
            figure('Trials', progress(study)),
            figure('By state', trialCounts(study.trials)),
            figure('Time left', h('span.number', null, study.state === 'RUNNING' ? duration(left) : '–')),
            Number.isFinite(hourly) && figure('Trials an hour', h('span.number', null, number(hourly, 3))),
            figure('Trained for', h('span.number', null, duration(study.trainingSeconds))),
            figure('Sampler', h('span', null, study.spec?.sampler?.type ?? '–')),
            figure('Created', time(study.createdAt))));
  };
  model.on('study', show);
  show();
  return box;
}

/** Why it stands still, loudly where somebody has to do something. @param {import('../types.js').Study} study @param {{code: string, text: string}} why */
function reasonWhy(study, why) {
  if (study.state === 'FAILED') {
    return h('div.banner.bad', {id: 'why'}, h('strong', null, 'It has failed:'), h('span.name', null, why.text));
  }
  if (!study.stateReason && STANDS_STILL.includes(why.code)) {
    return h('div.banner.warn', {id: 'why'}, h('strong', null, 'No further trial begins:'), h('span.name', null, why.text));
  }
  return h('p.muted.small.name', {id: 'why'}, study.stateReason ? `It has ended: ${why.text}.` : `The next trial waits: ${why.text}.`);
}

function figure(title, content) {
  return h('div', null, h('dt', null, title), h('dd.small-figure', null, content));
}

/** @param {StudyModel} model @param {string} view */
function tabs(model, view) {
  const root = `/studies/${encodeURIComponent(model.study.studyId)}`;
  return h('nav.tabs', {'aria-label': 'Views of the study'}, ...Object.entries(VIEWS).map(([key, {title}]) => h('a',
      {href: root + (key ? `/${key}` : ''), 'data-route': true, 'data-view': key, 'aria-current': key === view ? 'page' : null}, title)));
}

/** @param {StudyModel} model @param {Selection} selection */
function overview(model, selection) {
  const history = historyChart(model, selection);
  model.on('trials', () => history.update());
  const both = h('div.grid-best', null, bestCard(model, selection), history.element);
  return {charts: [history], parts: [trainersStrip(model), both, filterBar(selection, () => model.table()),
    leaderboard(model, selection)]};
}

/** @param {StudyModel} model @param {Selection} selection */
function parameters(model, selection) {
  const charts = [parallelChart(model, selection), importanceChart(model), sliceChart(model, selection),
    contourChart(model, selection), scatterMatrixChart(model, selection)];
  model.on('trials', () => charts.forEach((chart) => chart.update()));
  return {charts, parts: [filterBar(selection, () => model.table()), ...charts.map((chart) => chart.element),
    leaderboard(model, selection)]};
}

/** @param {StudyModel} model @param {Selection} selection */
function curves(model, selection) {
  const chart = curvesChart(model, selection);
  model.on('trials', () => chart.update());
  return {charts: [chart], parts: [filterBar(selection, () => model.table()), chart.element, leaderboard(model, selection)]};
}

/** @param {StudyModel} model @param {Selection} selection */
function timeline(model, selection) {
  const chart = timelineChart(model, selection);
  model.on('trials', () => chart.update());
  return {charts: [chart], parts: [trainersStrip(model), chart.element]};
}

/** @param {StudyModel} model */
function space(model) {
  const box = h('div', null, loading('the space'));
  model.table().catch(() => ({keys: [], points: []})).then(({keys, points}) => {
    const tried = new Map(keys.map((key) => [key, points.slice(-300).map((point) => point.values[key])]));
    fill(box, priorCards(model.study.spec?.space ?? {}, tried));
  });
  return {charts: [], parts: [h('section.card', {id: 'space', 'aria-labelledby': 'space-title'},
      h('header', null, h('h2', {id: 'space-title'}, 'What the space draws'),
          h('span.muted.small', null, 'ticks: values that trials have had')), h('div.body', null, box))]};
}

/** @param {StudyModel} model */
function file(model) {
  const text = JSON.stringify(model.study.spec, null, 2);
  return {charts: [], parts: [h('section.card', {id: 'file', 'aria-labelledby': 'file-title'},
      h('header', null, h('h2', {id: 'file-title'}, 'Study file, defaults filled in'),
          h('button', {onclick: () => attempt(() => navigator.clipboard.writeText(text), 'Copied.')}, 'Copy')),
      h('pre.body', {tabindex: 0}, text))]};
}
