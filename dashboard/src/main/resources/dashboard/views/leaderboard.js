import {get, query} from '../api.js';
import {originText} from '../charts/chart.js';
import {emptyState, fill, h, link, loading, refill, stateMark} from '../dom.js';
import {count, duration, number, numberCell, plain, time} from '../format.js';
import {setState, state} from '../router.js';

const PAGE_SIZE = 25;
const STATES = ['completed', 'running', 'queued', 'pruned', 'infeasible', 'failed', 'cancelled'];
const FEW_PARAMETERS = 4;
/** The leaders are often close. */
const OBJECTIVE_DIGITS = 5;
/** Columns that every study has: title, whether the interface sorts by it, and the cell. */
const FIXED = {
  state: {title: 'State', cell: (trial) => h('td', null, stateMark(trial.state))},
  objective: {title: 'Objective', sort: 'objective', cell: (trial) => numberCell(trial.objective, 'td.number', OBJECTIVE_DIGITS)},
  epochs: {title: 'Epochs', sort: 'epochs', cell: (trial) => h('td.number', null, trial.bestEpoch
      ? `${trial.bestEpoch} of ${trial.epochs}` : String(trial.epochs ?? 0))},
  trainingSeconds: {title: 'Time', sort: 'trainingSeconds', cell: (trial) => h('td.number', null, duration(trial.trainingSeconds))},
  origin: {title: 'From', cell: (trial) => h('td', null, originText(trial.origin))},
  trainerId: {title: 'Trainer', cell: (trial) => h('td', {title: trial.trainerId}, trial.trainerId ?? '–')},
  finishedAt: {title: 'Ended', sort: 'finishedAt', cell: (trial) => h('td', null, time(trial.finishedAt))},
  reason: {title: 'Reason', cell: (trial) => h('td', {title: trial.reason?.text}, trial.reason?.text ?? '–')},
};

/**
 * The study's trials as a table, sorted and filtered by the service, a page at a time: a million cost no more than ten.
 * @param {import('../study-model.js').StudyModel} model
 * @param {import('../selection.js').Selection} selection
 */
export function leaderboard(model, selection) {
  const body = h('div.scroll', {tabindex: 0, role: 'region', 'aria-label': 'Trials'}, loading('trials'));
  const pager = h('div.pager', {hidden: true});
  const summary = h('span.muted.small', {role: 'status'});
  const columnMenu = h('div.menu-body', {hidden: true});
  /** @type {string[]} */
  let keys = [];
  /** @type {string[]} */
  let metrics = [];
  let tokens = [''];
  let round = 0;

  const sort = () => state().get('sort') ?? `objective ${model.maximize ? 'desc' : 'asc'}`;
  const states = () => state().get('state') ?? 'completed';
  const columns = () => (state().get('columns')?.split(',').filter((name) => name in FIXED || name.includes('.'))
      ?? ['objective', 'state', 'epochs', ...metrics.filter((name) => name !== model.study.objective.metric).slice(0, 1)
          .map((name) => `best.${name}`), ...keys.slice(0, FEW_PARAMETERS).map((key) => `configuration.${key}`),
      'trainingSeconds', 'origin']);

  const stateSelect = h('select', {onchange: (event) => {
    setState({state: event.target.value === 'completed' ? null : event.target.value});
    restart();
  }}, ...[...STATES, STATES.join(',')].map((value) => h('option', {value, selected: value === states()},
      value.includes(',') ? 'all' : value)));
  const columnButton = h('button', {'aria-expanded': 'false', onclick: () => {
    const open = columnMenu.hasAttribute('hidden');
    columnMenu.toggleAttribute('hidden', !open);
    columnButton.setAttribute('aria-expanded', String(open));
    fillColumnMenu();
  }}, 'Columns');
  const menu = h('div.menu', {onkeydown: (event) => {
    if (event.key === 'Escape' && !columnMenu.hasAttribute('hidden')) {
      columnButton.click();
      columnButton.focus();
    }
  }}, columnButton, columnMenu);

  const fillColumnMenu = () => {
    const chosen = columns();
    const known = [...Object.keys(FIXED), ...metrics.flatMap((name) => [`best.${name}`, `end.${name}`]),
      ...keys.map((key) => `configuration.${key}`)];
    fill(columnMenu, ...known.map((name) => h('label', null, h('input', {type: 'checkbox', checked: chosen.includes(name),
      onchange: (event) => {
        const next = known.filter((one) => (one === name ? event.target.checked : columns().includes(one)));
        setState({columns: next.join(',') || 'objective'});
        refresh();
      }}), title(name))));
  };

  const restart = () => {
    tokens = [''];
    refresh();
  };
  const refresh = async () => {
    const mine = ++round;
    try {
      const page = await get(`${model.path}/trials${query({pageSize: PAGE_SIZE, pageToken: tokens[tokens.length - 1],
        orderBy: sort(), state: states(), ...selection.parameters()})}`);
      if (mine === round) {
        page.items.forEach((trial) => {
          keys = [...new Set([...keys, ...paths(trial.configuration)])];
          metrics = [...new Set([...metrics, ...Object.keys(trial.best ?? {})])];
        });
        show(page);
      }
    } catch (error) {
      if (mine === round) {
        fill(body, emptyState('The trials cannot be read', error.message));
      }
    }
  };

  const show = (page) => {
    const first = (tokens.length - 1) * PAGE_SIZE;
    if (page.items.length === 0 && tokens.length === 1) {
      fill(body, selection.conditions.length > 0 || state().get('state')
          ? emptyState('No trial meets these conditions', 'Take one off to see more.')
          : emptyState('No trial has ended yet', 'The first ones appear here as they end.'));
      pager.setAttribute('hidden', '');
      fill(summary, '');
      return;
    }
    const ranked = sort().startsWith('objective ') && states() === 'completed';
    fill(summary, `${count(first + 1)} to ${count(first + page.items.length)}`);
    refill(body, h('table', null,
        h('caption.hidden-text', null, `Trials of ${model.study.name}`),
        h('thead', null, h('tr', null, ranked && h('th.number', {scope: 'col'}, 'Rank'), head('number', 'Trial', 'number'),
            ...columns().map((name) => head(name, title(name), FIXED[name] ? FIXED[name].sort : name)))),
        h('tbody', null, ...page.items.map((trial, at) => row(trial, ranked ? first + at + 1 : null)))));
    pager.toggleAttribute('hidden', !page.nextPageToken && tokens.length === 1);
    refill(pager,
        h('button', {disabled: tokens.length === 1, onclick: () => {
          tokens.pop();
          refresh();
        }}, 'Previous'),
        h('button', {disabled: !page.nextPageToken, onclick: () => {
          tokens.push(page.nextPageToken);
          refresh();
        }}, 'Next'));
  };

  const head = (name, text, by) => {
    const [sorted, direction] = sort().split(' ');
    const here = by && sorted === by;
    return h('th', {scope: 'col', data: {sort: name}, class: ['state', 'origin', 'trainerId', 'reason'].includes(name) ? '' : 'number',
      'aria-sort': here ? (direction === 'desc' ? 'descending' : 'ascending') : null},
    by ? h('button', {title: `Sort by ${text}`, onclick: () => {
      const down = here ? direction !== 'desc' : by === 'objective' && model.maximize;
      setState({sort: `${by} ${down ? 'desc' : 'asc'}`});
      restart();
    }}, text) : text);
  };

  const row = (trial, rank) => {
    const tr = h('tr', {data: {trial: trial.number}, onmouseenter: () => selection.hover(trial.number),
      onmouseleave: () => selection.hover(null)},
    rank !== null && h('td.number.muted', null, String(rank)),
    h('td.number', null, link(`/trials/${encodeURIComponent(trial.trialId)}`, `#${trial.number}`)),
    ...columns().map((name) => (FIXED[name] ? FIXED[name].cell(trial) : valueCell(valueAt(trial, name)))));
    tr.classList.toggle('hovered', selection.hovered === trial.number);
    return tr;
  };
  selection.onHover((hovered) => body.querySelectorAll('tr[data-trial]').forEach((tr) =>
    tr.classList.toggle('hovered', /** @type {HTMLElement} */ (tr).dataset.trial === String(hovered))));
  selection.onBrush(restart);
  model.on('trials', refresh);
  refresh();

  const exports = h('a.button', {href: `/api/v1${model.path}/trials.csv`, download: ''}, 'CSV');
  return h('section.card', {id: 'leaderboard', 'aria-labelledby': 'leaderboard-title'},
      h('header', null, h('h2', {id: 'leaderboard-title'}, 'Leaderboard'), summary,
          h('label.field', null, 'State', stateSelect), menu, exports), body, pager);
}

/** @param {any} value */
function valueCell(value) {
  return typeof value === 'number' ? numberCell(value)
      : h('td.number', {title: value === undefined ? null : plain(value), data: {value: String(value)}},
          value === undefined ? h('span.none', {title: 'not part of this configuration'}, '–') : plain(value));
}

/** @param {any} trial @param {string} path */
function valueAt(trial, path) {
  const [root, ...rest] = path.split('.');
  if (root !== 'configuration') {
    return trial[root]?.[rest.join('.')];
  }
  return rest.join('.') in trial.configuration ? trial.configuration[rest.join('.')]
      : rest.reduce((value, key) => (value === null || value === undefined ? undefined : value[key]), trial.configuration);
}

/** The keys of a configuration, those of objects in it behind a dot. @param {any} tree @param {string} [before] @returns {string[]} */
export function paths(tree, before = '') {
  return Object.entries(tree ?? {}).flatMap(([key, value]) => (value !== null && typeof value === 'object' && !Array.isArray(value)
      ? paths(value, `${before}${key}.`) : [`${before}${key}`]));
}

/** @param {string} name of a column */
function title(name) {
  if (FIXED[name]) {
    return FIXED[name].title;
  }
  const [root, ...rest] = name.split('.');
  return root === 'configuration' ? rest.join('.') : `${rest.join('.')} (${root})`;
}
