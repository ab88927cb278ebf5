import {send, studyPath} from './api.js';
import {h, named} from './dom.js';
import {attempt} from './notices.js';
import {go} from './router.js';
import './types.js';

/** What can be done to a study, as buttons; what takes something away for good is asked first. */

/**
 * @param {import('./types.js').Study} study
 * @param {() => any} refresh what to do when a command was carried out
 * @returns {HTMLElement[]}
 */
export function commandButtons(study, refresh) {
  const command = (name, done) => attempt(() => send('POST', `${studyPath(study.studyId)}/${name}`), done)
      .then((answer) => answer && refresh());
  const button = (text, action, kind = '') => h('button', {class: kind, onclick: action,
    'aria-label': `${text} ${study.name}`}, text);
  const buttons = [];
  if (study.orphaned) {
    return [button('Delete', () => confirmDelete(study, refresh), 'danger')];
  }
  if (study.state === 'RUNNING') {
    buttons.push(button('Pause', () => command('pause', 'Paused. What runs goes on.')));
  }
  if (study.state === 'PAUSED' || study.state === 'FAILED') {
    buttons.push(button('Resume', () => command('resume', 'Resumed.')));
  }
  if (study.state === 'RUNNING' || study.state === 'PAUSED') {
    buttons.push(button('Stop', () => confirmStop(study, refresh)));
  }
  if (study.best && study.state !== 'RUNNING') {
    buttons.push(button('Retrain best', () => attempt(async () => {
      const trial = await send('POST', `${studyPath(study.studyId)}/retrain`, '{}');
      go(`/trials/${encodeURIComponent(trial.trialId)}`);
    }, 'The best trial is trained once more.')));
  }
  buttons.push(button('Delete', () => confirmDelete(study, refresh), 'danger'));
  return buttons;
}

/** @param {import('./types.js').Study} study @param {() => any} refresh */
function confirmStop(study, refresh) {
  const now = /** @type {HTMLInputElement} */ (h('input', {type: 'checkbox'}));
  ask('Stop the study?', [
    h('p', null, 'It ends for good. Trials under way are cancelled at the end of their epoch.'),
    h('label.row', null, now, 'Cancel them at once, between two batches'),
  ], 'Stop', 'STOP', study, async () => {
    await send('POST', `${studyPath(study.studyId)}/stop${now.checked ? '?now=true' : ''}`);
    refresh();
  });
}

/** @param {import('./types.js').Study} study @param {() => any} refresh */
function confirmDelete(study, refresh) {
  ask('Delete the study?', [
    h('p', null, 'Its trials, curves, files and outcomes go with it. There is no way back.'),
  ], 'Delete', study.name, study, async () => {
    await send('DELETE', studyPath(study.studyId));
    if (location.pathname === '/') {
      refresh();
    } else {
      go('/');
    }
  });
}

/**
 * @param {string} title
 * @param {Node[]} content
 * @param {string} action what the button says
 * @param {string} word what has to be typed; a short study's name, else its id
 * @param {import('./types.js').Study} study
 * @param {() => Promise<void>} act
 */
function ask(title, content, action, word, study, act) {
  const typed = /^[\x21-\x7e]{1,64}$/.test(word) ? word : study.studyId;
  const input = /** @type {HTMLInputElement} */ (h('input', {autocomplete: 'off', 'aria-describedby': 'to-type',
    oninput: () => {
      submit.disabled = input.value.trim() !== typed;
    }}));
  const submit = /** @type {HTMLButtonElement} */ (h('button.danger.primary', {disabled: true}, action));
  const dialog = /** @type {HTMLDialogElement} */ (h('dialog', {'aria-labelledby': 'dialog-title'},
      h('form', {method: 'dialog', onsubmit: (event) => {
        event.preventDefault();
        dialog.close();
        attempt(act, `${action === 'Stop' ? 'Stopped' : 'Deleted'} ${study.name}.`);
      }},
      h('h2', {id: 'dialog-title'}, title), h('p', null, named(study.name)), ...content,
      h('label', null, h('span', {id: 'to-type'}, 'Type ', h('code', null, typed), ' to confirm'), h('br'), input),
      h('div.row', null, submit, h('button', {type: 'button', onclick: () => dialog.close()}, 'Cancel')))));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  input.focus();
}
