import {get, getText, studyPath, trialPath} from '../api.js';
import {architecture} from '../architecture.js';
import {originText} from '../charts/chart.js';
import {trialCurveChart} from '../charts/trial-curve.js';
import {emptyState, fill, h, link, loading, named, stateMark} from '../dom.js';
import {duration, number, numberCell, plain, size, time} from '../format.js';
import {followStudy} from '../live.js';
import {attempt} from '../notices.js';
import {parameters} from '../space.js';
import '../types.js';
import {paths} from './leaderboard.js';

const PAUSE_MILLIS = 1000;
const LONGEST_LOG = 200_000;

/** A trial. @type {import('../router.js').Page} */
export function trialPage([id = '']) {
  const element = h('div.stack', null, loading('the trial'));
  const leaving = new AbortController();
  /** @type {import('../types.js').Trial} */
  let trial;
  /** @type {import('../types.js').Study} */
  let study;
  const curve = trialCurveChart(() => trial);
  let stream = {end: () => {}};
  let timer = 0;

  const parts = {head: h('div'), configuration: h('div'), attempts: h('div'), files: h('div')};
  const log = logCard(() => trial);
  const network = h('div');

  const show = () => {
    fill(parts.head, head(trial, study));
    fill(parts.configuration, configurationCard(trial, study));
    fill(parts.attempts, attemptsCard(trial));
    fill(parts.files, filesCard(trial));
  };
  const refresh = async () => {
    trial = await get(trialPath(id), leaving.signal);
    show();
    curve.update();
    log.refresh();
  };

  (async () => {
    try {
      trial = await get(trialPath(id), leaving.signal);
      study = await get(studyPath(trial.studyId), leaving.signal);
    } catch (error) {
      if (!leaving.signal.aborted) {
        fill(element, error.status === 404
            ? emptyState('There is no such trial', h('span', null, 'No trial is called ', named(id), '.'), link('/', 'All studies'))
            : emptyState('The trial cannot be read', error.message, h('button', {onclick: () => location.reload()}, 'Try again')));
      }
      return;
    }
    document.title = `#${trial.number} of ${study.name.slice(0, 60)} · Trialstream`;
    show();
    fill(element, parts.head, h('div.grid-2', null, h('div.stack', null, parts.configuration, parts.attempts), h('div.stack', null, curve.element, log.element)),
        network, parts.files);
    stream = followStudy(trial.studyId, (kind, data) => {
      if (data?.number === trial.number || kind === 'connected') {
        clearTimeout(timer);
        timer = window.setTimeout(() => refresh().catch(() => {}), PAUSE_MILLIS);
      }
    });
    if (trial.runs?.some((run) => /** @type {any} */ (run).network)) {
      const blueprint = await get(`${trialPath(id)}/network`, leaving.signal).catch(() => null);
      if (blueprint?.layers) {
        fill(network, h('section.card', {id: 'network', 'aria-labelledby': 'network-title'},
            h('header', null, h('h2', {id: 'network-title'}, 'Architecture')), h('div.body', null, architecture(blueprint, trial.studyId), drawing(trial))));
      }
    }
  })();

  return {title: id, element, leave: () => {
    leaving.abort();
    clearTimeout(timer);
    stream.end();
    curve.dispose();
  }};
}

/** @param {import('../types.js').Trial} trial @param {import('../types.js').Study} study */
function head(trial, study) {
  const before = trial.number > 0 && link(`/trials/${encodeURIComponent(`${trial.studyId}:${trial.number - 1}`)}`, '← previous');
  const next = link(`/trials/${encodeURIComponent(`${trial.studyId}:${trial.number + 1}`)}`, 'next →');
  const all = study.trials;
  const last = all.queued + all.running + all.completed + all.pruned + all.infeasible + all.failed + all.cancelled;
  return h('div.stack', null,
      h('nav.row.small', {'aria-label': 'Breadcrumb'}, link('/', 'Studies'), h('span.muted', null, '/'),
          link(`/studies/${encodeURIComponent(study.studyId)}`, named(study.name)), h('span.muted', null, '/'), `trial #${trial.number}`,
          h('span.row', null, before, trial.number + 1 < last && next)),
      h('div.row.spread', null, h('div.row', null, h('h1', null, `Trial #${trial.number}`), stateMark(trial.state),
          trial.retrainOf !== undefined && trial.retrainOf !== null && h('span.tag', null, `retrain of #${trial.retrainOf}`)),
      h('div.row', null,
          h('button', {onclick: () => copy(JSON.stringify(trial.configuration, null, 2))}, 'Copy configuration'),
          h('button', {title: 'As an entry of another study file’s enqueue', onclick: () => copy(enqueueEntry(trial))}, 'Copy as enqueue entry'),
          h('button', {onclick: () => copy(JSON.stringify(trial, null, 2))}, 'Copy all as JSON'))),
      trial.reason && h(`div.banner.${trial.state === 'FAILED' || trial.state === 'INFEASIBLE' ? 'bad' : 'warn'}`, null,
          h('strong', null, trial.reason.code), h('span.name', null, trial.reason.text)),
      h('dl.figures', null,
          figure(study.objective.metric, h('span', {id: 'objective', title: String(trial.objective ?? ''), data: {value: String(trial.objective ?? '')}}, number(trial.objective))),
          figure('Best epoch', trial.bestEpoch ? `${trial.bestEpoch} of ${trial.epochs}` : String(trial.epochs)),
          figure('Trained for', duration(trial.trainingSeconds)),
          figure('Came from', originText(trial.origin)),
          figure('Sampler', trial.sampler),
          figure('Proposed', time(trial.proposedAt)),
          figure('Ended', time(trial.finishedAt))));
}

/** @param {string} title @param {any} content */
function figure(title, content) {
  return h('div', null, h('dt', null, named(title)), h('dd.small-figure', null, content));
}

/** @param {string} text */
function copy(text) {
  attempt(() => navigator.clipboard.writeText(text), 'Copied.');
}

/** YAML is a superset of JSON, so that this stands in either kind of file. @param {import('../types.js').Trial} trial */
function enqueueEntry(trial) {
  return `  - ${JSON.stringify(trial.configuration)}\n`;
}

/** @param {import('../types.js').Trial} trial @param {import('../types.js').Study} study */
function configurationCard(trial, study) {
  const space = parameters(study.spec?.space ?? {});
  const keys = paths(trial.configuration).sort();
  const valueAt = (key) => (key in trial.configuration ? trial.configuration[key]
      : key.split('.').reduce((tree, part) => tree?.[part], trial.configuration));
  return h('section.card', {id: 'configuration', 'aria-labelledby': 'configuration-title'},
      h('header', null, h('h2', {id: 'configuration-title'}, 'Configuration')),
      h('div.scroll', {tabindex: 0, role: 'region', 'aria-label': 'Values'}, h('table', null,
          h('caption.hidden-text', null, 'Configuration of the trial'),
          h('thead', null, h('tr', null, h('th', {scope: 'col'}, 'Parameter'), h('th.number', {scope: 'col'}, 'Value'), h('th', {scope: 'col'}, 'In its range'))),
          h('tbody', null, ...keys.map((key) => {
            const value = valueAt(key);
            return h('tr', {data: {key}}, h('th', {scope: 'row', title: key}, key), typeof value === 'number' ? numberCell(value)
                : h('td.number', {data: {value: String(value)}}, plain(value)), h('td', null, range(space.filter((one) => one.key === key), value)));
          })))));
}

/** Where a value lies between its bounds. @param {import('../space.js').Parameter[]} known @param {any} value */
function range(known, value) {
  const one = known.find(({keyword}) => /uniform|log|randint/.test(keyword) && !/normal/.test(keyword));
  const choice = known.find(({keyword}) => keyword === 'choice' || keyword === 'pchoice');
  if (!one || typeof value !== 'number') {
    return choice ? h('span.muted.small', null, `one of ${choice.args.length}`) : h('span.muted.small', null, known[0]?.keyword ?? 'constant');
  }
  const plainBounds = one.keyword === 'log' || one.keyword === 'qlog';
  const log = one.keyword.includes('log');
  const bounds = one.keyword === 'randint' ? [one.args.length > 1 ? one.args[0] : 0, one.args[one.args.length - 1] - 1] : one.args.slice(0, 2);
  const [low, high] = log && !plainBounds ? bounds.map(Math.exp) : bounds;
  const turn = log ? Math.log : (x) => x;
  const share = high === low ? 0.5 : (turn(value) - turn(low)) / (turn(high) - turn(low));
  return h('div', null, h('div.range', {role: 'img', 'aria-label': `between ${number(low)} and ${number(high)}`,
    vars: {'--at': `${Math.min(100, Math.max(0, 100 * share))}%`}}, h('span')),
  h('div.row.spread.muted.small', null, h('span.number', null, number(low, 3)), log && h('span', null, 'log'), h('span.number', null, number(high, 3))));
}

/** @param {import('../types.js').Trial} trial */
function attemptsCard(trial) {
  const runs = trial.runs ?? [];
  return h('section.card', {id: 'attempts', 'aria-labelledby': 'attempts-title'},
      h('header', null, h('h2', {id: 'attempts-title'}, 'Attempts')),
      runs.length === 0 ? h('p.empty', null, 'No trainer has begun it yet.')
          : h('div.scroll', {tabindex: 0, role: 'region', 'aria-label': 'Runs'}, h('table', null,
              h('caption.hidden-text', null, 'Attempts at the trial'),
              h('thead', null, h('tr', null, ...['State', 'Trainer', 'Device', 'Epochs', 'Began', 'Ended', 'Reason'].map((title) => h('th', {scope: 'col'}, title)))),
              h('tbody', null, ...runs.map((run) => h('tr', {data: {run: run.runId}},
                  h('td', null, stateMark(run.state), run.stands && runs.length > 1 && h('span.tag', null, 'stands')),
                  h('td', {title: run.trainerId}, run.trainerId), h('td', {title: `${run.engine}, ${run.device}`}, run.device ?? '–'),
                  h('td.number', null, `${run.resumedFrom ? `${run.resumedFrom.epoch} → ` : ''}${run.lastEpoch}${run.totalEpochs ? ` of ${run.totalEpochs}` : ''}`),
                  h('td', null, time(run.startedAt)), h('td', null, time(run.endedAt)), h('td.wrap', null, run.reason?.text ?? '–')))))));
}

/** @param {() => import('../types.js').Trial} trial */
function logCard(trial) {
  const text = h('pre.log', {tabindex: 0, 'aria-label': 'Log of the run'});
  const body = h('div.body', {hidden: true}, text);
  const read = async () => {
    const runs = trial().runs ?? [];
    const run = runs.find((one) => one.stands) ?? runs[runs.length - 1];
    if (!run) {
      fill(text, 'No trainer has begun it yet.');
      return;
    }
    const end = text.scrollTop + text.clientHeight >= text.scrollHeight - 8;
    try {
      const all = await getText(`${trialPath(trial().trialId)}/runs/${encodeURIComponent(run.runId)}/log`);
      fill(text, all.length > LONGEST_LOG ? `… ${all.slice(-LONGEST_LOG)}` : all || 'The log is empty.');
    } catch (error) {
      fill(text, error.status === 404 ? 'This run has left no log yet: it is stored at each checkpoint and at the end.' : error.message);
    }
    if (end) {
      text.scrollTop = text.scrollHeight;
    }
  };
  const button = h('button', {'aria-expanded': 'false', onclick: () => {
    const open = body.hasAttribute('hidden');
    body.toggleAttribute('hidden', !open);
    button.setAttribute('aria-expanded', String(open));
    if (open) {
      read();
    }
  }}, 'Show');
  return {
    element: h('section.card', {id: 'log', 'aria-labelledby': 'log-title'}, h('header', null, h('h2', {id: 'log-title'}, 'Log'), button), body),
    refresh: () => !body.hasAttribute('hidden') && read(),
  };
}

/** @param {import('../types.js').Trial} trial */
function drawing(trial) {
  const picture = trial.artifacts?.find((file) => file.mediaType === 'image/svg+xml');
  return picture && h('details', null, h('summary', null, 'Drawing'), h('div.pictures', null, h('a', {href: picture.path},
      h('img', {src: picture.path, alt: `Drawing of the network of trial #${trial.number}`, loading: 'lazy'}))));
}

/** @param {import('../types.js').Trial} trial */
function filesCard(trial) {
  const files = trial.artifacts ?? [];
  const pictures = files.filter((file) => file.mediaType.startsWith('image/') && file.mediaType !== 'image/svg+xml');
  return h('section.card', {id: 'files', 'aria-labelledby': 'files-title'}, h('header', null, h('h2', {id: 'files-title'}, 'Files')),
      files.length === 0 ? h('p.empty', null, 'Its runs have left no files.') : h('div.scroll', {tabindex: 0, role: 'region', 'aria-label': 'What its runs left'}, h('table', null,
          h('caption.hidden-text', null, 'Files that its runs left'),
          h('thead', null, h('tr', null, h('th', {scope: 'col'}, 'File'), h('th', {scope: 'col'}, 'Kind'), h('th.number', {scope: 'col'}, 'Size'))),
          h('tbody', null, ...files.map((file) => h('tr', null, h('td.wrap', null, h('a', {href: file.path, download: file.name}, named(file.name))),
              h('td', null, file.mediaType), h('td.number', {data: {value: String(file.bytes)}}, size(file.bytes))))))),
      pictures.length > 0 && h('div.body.pictures', null, ...pictures.map((file) => h('figure', null,
          h('img', {src: file.path, alt: file.name, loading: 'lazy'}), h('figcaption.small.muted', null, named(file.name))))));
}
