import {get} from '../api.js';
import {emptyState, fill, h, link, loading, refill, stateMark} from '../dom.js';
import {count, duration, number} from '../format.js';
import {poll} from '../live.js';

const EVERY_MILLIS = 2000;
const SILENT_SECONDS = 10;

/**
 * Who trains what for a study, as the trainers' heartbeats say.
 * @param {import('../study-model.js').StudyModel} model
 */
export function trainersStrip(model) {
  const body = h('div.body');
  const summary = h('span.muted.small');
  const show = () => {
    const {study} = model;
    const pool = study.spec?.pool ?? 'default';
    const own = model.trainers.filter((trainer) => trainer.pool === pool && trainer.state !== 'STOPPED')
        .sort((a, b) => a.trainerId.localeCompare(b.trainerId));
    const slots = own.reduce((sum, trainer) => sum + trainer.slots, 0);
    const busy = own.reduce((sum, trainer) => sum + trainer.runs.length, 0);
    fill(summary, `pool ${pool} · ${busy} of ${slots} slots busy · ${count(study.trials.queued)} queued`);
    refill(body, own.length === 0
        ? h('p.muted', null, `Pool ${pool} has no trainers. Start some with `, h('code', null, 'trialstream scale trainers 2'), '.')
        : h('div.trainers', null, ...own.map((trainer) => card(trainer, model))));
  };
  model.on('trainers', show);
  model.on('study', show);
  model.on('epoch', show);
  show();
  return h('section.card', {id: 'trainers', 'aria-labelledby': 'trainers-title'},
      h('header', null, h('h2', {id: 'trainers-title'}, 'Trainers'), summary), body);
}

/** @param {import('../types.js').Trainer} trainer @param {import('../study-model.js').StudyModel} model */
function card(trainer, model) {
  const epochs = model.study.spec?.training?.epochs;
  return h('div.trainer', {data: {trainer: trainer.trainerId}},
      h('div.row.spread', null, h('strong.clip', {title: trainer.trainerId}, trainer.trainerId), stateMark(trainer.state)),
      h('div.row.spread.muted.small', null, h('span.clip', {title: `${trainer.engine}, ${trainer.device}`}, trainer.device), heartbeat(trainer)),
      ...trainer.runs.map((run) => {
        const mine = run.studyId === model.study.studyId;
        const epoch = mine ? Math.max(run.epoch, model.running.get(run.number)?.epoch ?? 0) : run.epoch;
        return h('div.stack-small', null,
            h('div.row.spread.small', null,
                link(`/trials/${encodeURIComponent(run.trialId)}`, mine ? `Trial #${run.number}` : `Trial ${run.trialId}`),
                h('span.number', null, mine && epochs ? `epoch ${epoch} of ${epochs}` : `epoch ${epoch}`)),
            mine && epochs && h('div.progress', {role: 'img', 'aria-label': `epoch ${epoch} of ${epochs}`},
                h('span.running', {vars: {'--share': `${Math.min(100, (100 * epoch) / epochs)}%`}})));
      }),
      trainer.runs.length === 0 && h('div.small.muted', null, 'idle'));
}

/** @param {import('../types.js').Trainer} trainer */
function heartbeat(trainer) {
  return h('span.number', {class: trainer.heartbeatAgeSeconds > SILENT_SECONDS ? 'late' : '', title: 'since its last heartbeat'},
      `${duration(trainer.heartbeatAgeSeconds)}`);
}

/** All trainers of all pools. @type {import('../router.js').Page} */
export function trainersPage() {
  const list = h('div.card', null, loading('trainers'));
  const refresh = async () => {
    const trainers = (await get('/trainers')).items.sort((a, b) => (a.pool + a.trainerId).localeCompare(b.pool + b.trainerId));
    refill(list, trainers.length === 0
        ? emptyState('No trainer has been heard of', 'They appear here with their first heartbeat.')
        : h('div.scroll', {tabindex: 0, role: 'region', 'aria-label': 'Trainers'}, h('table', null,
            h('caption.hidden-text', null, 'Trainers by pool'),
            h('thead', null, h('tr', null, ...['Trainer', 'Pool', 'State', 'Engine', 'Device', 'Slots', 'Heartbeat', 'Trains'].map((title) =>
              h('th', {scope: 'col', class: ['Slots', 'Heartbeat'].includes(title) ? 'number' : ''}, title)))),
            h('tbody', null, ...trainers.map((trainer) => h('tr', {data: {trainer: trainer.trainerId}},
                h('th', {scope: 'row', title: trainer.trainerId}, trainer.trainerId), h('td', null, trainer.pool),
                h('td', null, stateMark(trainer.state)), h('td', null, trainer.engine), h('td', {title: trainer.device}, trainer.device),
                h('td.number', null, number(trainer.slots)), h('td.number', null, heartbeat(trainer)),
                h('td.wrap', null, ...trainer.runs.flatMap((run, at) => [at > 0 ? ', ' : null,
                  link(`/trials/${encodeURIComponent(run.trialId)}`, `${run.trialId}, epoch ${run.epoch}`)]),
                trainer.runs.length === 0 && h('span.none', null, 'idle'))))))));
  };
  return {title: 'Trainers', element: h('div.stack', null, h('h1', null, 'Trainers'), list), leave: poll(refresh, EVERY_MILLIS)};
}
