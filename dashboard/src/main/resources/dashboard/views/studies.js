import {get, query} from '../api.js';
import {commandButtons} from '../commands.js';
import {emptyState, fill, h, link, loading, named, refill, shortened, stateMark} from '../dom.js';
import {ago, count, duration, number} from '../format.js';
import {poll} from '../live.js';
import {Pace} from '../pace.js';
import {setState, state} from '../router.js';
import '../types.js';

const EVERY_MILLIS = 3000;
const PAGE_SIZE = 50;
const STATES = ['RUNNING', 'PAUSED', 'COMPLETED', 'STOPPED', 'FAILED'];

/** All studies, the newest first. @type {import('../router.js').Page} */
export function studiesPage() {
  const list = h('div', null, loading('studies'));
  const paces = new Map();
  /** @type {string[]} tokens of the pages before this one */
  const before = [];
  let token = '';

  const filter = h('select', {'aria-label': 'State', onchange: () => {
    setState({state: /** @type {HTMLSelectElement} */ (filter).value.toLowerCase() || null});
    before.length = 0;
    token = '';
    attemptRefresh();
  }}, h('option', {value: ''}, 'All states'), ...STATES.map((name) => h('option',
      {value: name, selected: state().get('state') === name.toLowerCase()}, name.toLowerCase())));

  const refresh = async () => {
    const [page, trainers] = await Promise.all([
      get(`/studies${query({pageSize: PAGE_SIZE, pageToken: token, state: state().get('state')})}`),
      get('/trainers'),
    ]);
    const studies = await Promise.all(page.items.map(withReason));
    if (list.querySelector('table') === null || list.dataset.shown !== signature(studies, trainers.items)) {
      show(studies, trainers.items, page.nextPageToken);
      list.dataset.shown = signature(studies, trainers.items);
    }
  };
  const attemptRefresh = () => refresh().catch((error) => {
    if (list.querySelector('table') === null) {
      fill(list, emptyState('The studies cannot be read', error.message));
    }
    throw error;
  });

  const show = (studies, trainers, next) => {
    if (studies.length === 0 && before.length === 0) {
      fill(list, h('div.card', null, state().get('state')
          ? emptyState('No study is in this state', 'Another state may have some.')
          : emptyState('No studies yet',
              'A study is a file: a search space, an objective and a budget. Trainers take its trials as soon as it exists.',
              h('a.button.primary', {href: '/new', 'data-route': true}, 'Create a study'))));
      return;
    }
    refill(list, h('div.card', null, h('div.scroll', {tabindex: 0, role: 'region', 'aria-label': 'Studies'},
        h('table', null,
            h('caption.hidden-text', null, 'Studies, the newest first'),
            h('thead', null, h('tr', null, ...['Study', 'State', 'Progress', 'Best', 'Trials', 'Trainers', 'Time left',
              'Started', 'Actions'].map((title) => h('th', {scope: 'col',
              class: ['Best', 'Trainers', 'Time left'].includes(title) ? 'number' : ''}, title)))),
            h('tbody', null, ...studies.map((study) => row(study, trainers, paces, attemptRefresh))))),
    (next || before.length > 0) && h('div.pager', null,
        h('button', {disabled: before.length === 0, onclick: () => {
          token = before.pop() ?? '';
          attemptRefresh();
        }}, 'Newer'),
        h('button', {disabled: !next, onclick: () => {
          before.push(token);
          token = next;
          attemptRefresh();
        }}, 'Older'))));
  };

  return {
    title: 'Studies',
    element: h('div.stack', null,
        h('div.row.spread', null, h('h1', null, 'Studies'),
            h('div.row', null, filter, h('a.button.primary', {href: '/new', 'data-route': true}, 'New study'))), list),
    leave: poll(attemptRefresh, EVERY_MILLIS),
  };
}

/** A list leaves out why a study waits; only one that has not ended can wait. @param {import('../types.js').Study} study */
async function withReason(study) {
  return study.state === 'RUNNING' || study.state === 'PAUSED'
      ? get(`/studies/${encodeURIComponent(study.studyId)}`).catch(() => study)
      : study;
}

function signature(studies, trainers) {
  return JSON.stringify([studies.map((study) => [study.studyId, study.changes, study.state, study.waitingFor]),
    trainers.map((trainer) => [trainer.trainerId, trainer.state, trainer.runs.length])]);
}

/**
 * @param {import('../types.js').Study} study
 * @param {import('../types.js').Trainer[]} trainers
 * @param {Map<string, Pace>} paces
 * @param {() => Promise<void>} refresh
 */
function row(study, trainers, paces, refresh) {
  const pace = paces.get(study.studyId) ?? new Pace();
  paces.set(study.studyId, pace);
  const busy = trainers.filter((trainer) => trainer.runs.some((run) => run.studyId === study.studyId)).length;
  const why = study.stateReason ?? study.waitingFor;
  return h('tr', {data: {study: study.studyId}},
      h('td.wrap', null, h('a.study-name', {href: `/studies/${encodeURIComponent(study.studyId)}`, 'data-route': true,
        title: shortened(study.name, 1000)}, named(study.name)),
      h('div.muted.small', null, named(study.objective.metric), ` · ${study.objective.direction}`)),
      h('td.wrap.state-cell', null, stateMark(study.state),
          study.orphaned && h('div.small', null, 'in the database alone'),
          why && h('div.muted.small.why', {title: why.text}, shortened(why.text, 160))),
      h('td', null, progress(study)),
      h('td.number', study.best ? {title: String(study.best.objective), data: {value: String(study.best.objective)}} : null,
          study.best ? link(`/trials/${encodeURIComponent(study.best.trialId)}`,
              `${number(study.best.objective)} (#${study.best.number})`) : h('span.none', null, '–')),
      h('td', null, trialCounts(study.trials)),
      h('td.number', null, study.state === 'RUNNING' || busy > 0 ? String(busy) : '–'),
      h('td.number', null, study.state === 'RUNNING' ? duration(pace.left(study)) : '–'),
      h('td', null, ago(study.createdAt)),
      h('td', null, h('div.row.actions', null, ...commandButtons(study, refresh))));
}

/** How far a study is, against its budget of trials. @param {import('../types.js').Study} study */
export function progress(study) {
  const budget = study.budget.trials;
  const whole = budget ?? Math.max(1, study.trials.counted + study.trials.running + study.trials.queued);
  const share = (n) => ({'--share': `${Math.min(100, (100 * n) / whole)}%`});
  const text = budget ? `${count(study.trials.counted)} of ${count(budget)}` : `${count(study.trials.counted)}, no limit`;
  return h('div', null, h('div.small.number', null, text),
      h('div.progress', {role: 'img', 'aria-label': `${text} trials`},
          ...['completed', 'pruned', 'infeasible', 'failed', 'running'].filter((name) => study.trials[name] > 0)
              .map((name) => h(`span.${name}`, {vars: share(study.trials[name])}))));
}

/** @param {import('../types.js').TrialCounts} counts */
export function trialCounts(counts) {
  const shown = ['running', 'queued', 'completed', 'pruned', 'infeasible', 'failed', 'cancelled']
      .filter((name) => counts[name] > 0);
  return shown.length === 0 ? h('span.none', null, 'none yet')
      : h('div.row.small', null, ...shown.map((name) => h('span.state',
          {data: {state: name.toUpperCase(), count: counts[name]}}, `${count(counts[name])} ${name}`)));
}
