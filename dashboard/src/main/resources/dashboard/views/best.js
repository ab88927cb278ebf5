import {get, trialPath} from '../api.js';
import {fill, h, link} from '../dom.js';
import {duration, number, numberCell, plain, time} from '../format.js';
import {paths} from './leaderboard.js';

/**
 * The best trial, with what it was and how it went.
 * @param {import('../study-model.js').StudyModel} model
 * @param {import('../selection.js').Selection} selection
 */
export function bestCard(model, selection) {
  const body = h('div.body');
  /** @type {string|undefined} */
  let shown;
  const show = async () => {
    const best = model.study.best;
    if (shown === (best?.trialId ?? 'none')) {
      return;
    }
    shown = best?.trialId ?? 'none';
    if (!best) {
      fill(body, h('p.muted', null, 'No trial has been completed yet.'));
      return;
    }
    fill(body, value(best));
    try {
      const trial = await get(trialPath(best.trialId));
      if (shown === best.trialId) {
        fill(body, value(best), details(trial));
        body.closest('section')?.classList.add('fresh');
      }
    } catch {
      shown = undefined;
    }
  };
  const value = (best) => h('div.row', null,
      h('span.best.number', {title: String(best.objective), data: {value: String(best.objective)}}, number(best.objective)),
      h('span.muted', null, `${model.study.objective.metric}, `, link(`/trials/${encodeURIComponent(best.trialId)}`, `trial #${best.number}`)));
  model.on('study', show);
  show();
  return h('section.card', {id: 'best', 'aria-labelledby': 'best-title',
    onmouseenter: () => model.study.best && selection.hover(model.study.best.number), onmouseleave: () => selection.hover(null)},
  h('header', null, h('h2', {id: 'best-title'}, 'Best trial')), body);
}

/** @param {import('../types.js').Trial} trial */
function details(trial) {
  const configuration = paths(trial.configuration).sort();
  const metrics = [...new Set([...Object.keys(trial.best ?? {}), ...Object.keys(trial.end ?? {})])].sort();
  return h('div.best-details', null,
      h('p.muted.small', null, `epoch ${trial.bestEpoch} of ${trial.epochs}, ${duration(trial.trainingSeconds)}, ended `, time(trial.finishedAt)),
      h('div.scroll.best-tables', {tabindex: 0, role: 'region', 'aria-label': 'The best trial in numbers'},
          h('table', null, h('caption.hidden-text', null, 'Configuration'), h('thead', null, h('tr', null,
              h('th', {scope: 'col'}, 'Parameter'), h('th.number', {scope: 'col'}, 'Value'))),
          h('tbody', null, ...configuration.map((key) => {
            const at = key.split('.').reduce((tree, part) => tree?.[part], trial.configuration) ?? trial.configuration[key];
            return h('tr', null, h('th', {scope: 'row', title: key}, key), typeof at === 'number' ? numberCell(at)
                : h('td.number', {data: {value: String(at)}}, plain(at)));
          }))),
          metrics.length > 0 && h('table', null, h('caption.hidden-text', null, 'Metrics'), h('thead', null, h('tr', null,
              h('th', {scope: 'col'}, 'Metric'), h('th.number', {scope: 'col'}, 'Best'), h('th.number', {scope: 'col'}, 'End'))),
          h('tbody', null, ...metrics.map((name) => h('tr', null, h('th', {scope: 'row', title: name}, name),
              numberCell(trial.best?.[name]), numberCell(trial.end?.[name])))))));
}
