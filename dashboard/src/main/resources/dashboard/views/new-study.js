import {ApiError, send} from '../api.js';
import {fill, h, link} from '../dom.js';
import {plain} from '../format.js';
import {priorCards} from '../priors.js';
import {go} from '../router.js';

const PAUSE_MILLIS = 500;
const EXAMPLE = `name: my-study
objective: { metric: objective, direction: maximize }
sampler:   { type: tree-tpe, seed: 42, startupTrials: 10 }
budget:    { trials: 20 }
training:  { workload: sleep, epochs: 3, epochDuration: PT0.1S }   # or cifar-cnn
space:
  learning_rate: { log: [1e-5, 0.1] }
  batch_size:    { qlog: [16, 512, 16] }
  optimizer:     { choice: [Adam, Nadam, RMSprop] }
  residual:      { choice: [null, { label: residual_units, quniform: [1, 4, 1] }] }
`;

/** A study from its file, checked by the service as it is written. @type {import('../router.js').Page} */
export function newStudyPage() {
  const text = /** @type {HTMLTextAreaElement} */ (h('textarea', {id: 'study-file', spellcheck: 'false',
    'aria-describedby': 'study-problems', oninput: () => later()}));
  text.value = EXAMPLE;
  const file = /** @type {HTMLInputElement} */ (h('input', {type: 'file', accept: '.yaml,.yml,.json', hidden: true,
    onchange: () => file.files?.[0] && read(file.files[0])}));
  const create = /** @type {HTMLButtonElement} */ (h('button.primary', {disabled: true, onclick: () => submit()},
      'Create the study'));
  const verdict = h('div', {id: 'study-problems', role: 'status'});
  const priors = h('div');
  // One key for one file: a second click creates nothing more.
  let key = crypto.randomUUID?.() ?? String(Math.random());
  let timer = 0;
  let round = 0;

  const post = (dry) => send('POST', `/studies${dry ? '?dryRun=true' : ''}`, text.value,
      {'Content-Type': 'application/yaml', ...(dry ? {} : {'Idempotency-Key': key})});
  const check = async () => {
    const mine = ++round;
    try {
      const preview = await post(true);
      if (mine === round) {
        text.removeAttribute('aria-invalid');
        create.disabled = false;
        showPreview(preview);
      }
    } catch (error) {
      if (mine === round) {
        refuse(error);
      }
    }
  };
  const later = () => {
    create.disabled = true;
    key = crypto.randomUUID?.() ?? String(Math.random());
    clearTimeout(timer);
    timer = window.setTimeout(check, PAUSE_MILLIS);
  };
  const read = async (chosen) => {
    text.value = await chosen.text();
    later();
  };
  const submit = async () => {
    create.disabled = true;
    try {
      const study = await post(false);
      go(`/studies/${encodeURIComponent(study.studyId)}`);
    } catch (error) {
      refuse(error);
    }
  };

  /** @param {ApiError} error */
  const refuse = (error) => {
    create.disabled = true;
    text.setAttribute('aria-invalid', 'true');
    const problems = error.errors?.length ? error.errors : [{field: '', message: error.message}];
    fill(verdict, h('h2', null, `${problems.length === 1 ? 'One problem' : `${problems.length} problems`}`),
        h('ul.problems', null, ...problems.map((problem) => entry(problem, 'bad'))));
  };
  const entry = (problem) => h('li', null,
      problem.field && h('button', {onclick: () => point(problem.field), title: 'Show it in the file'}, problem.field),
      h('div', null, problem.message));

  const point = (field) => {
    const place = placeOf(text.value, field);
    if (place) {
      text.focus();
      text.setSelectionRange(place[0], place[1]);
      const line = text.value.slice(0, place[0]).split('\n').length;
      text.scrollTop = Math.max(0, (line - 6) * 19.5);
    }
  };

  const showPreview = (preview) => {
    const training = preview.spec.training ?? {};
    fill(verdict, h('h2', null, 'This file can be created'),
        h('dl.facts', null, ...facts({
          name: preview.name,
          objective: `${preview.objective.direction} ${preview.objective.metric}`,
          sampler: preview.spec.sampler?.type,
          budget: Object.entries(preview.budget).map(([what, most]) => `${most} ${what}`).join(', ') || 'none',
          workload: training.workload,
          pool: preview.spec.pool,
          parameters: preview.parameters,
        })),
        preview.warnings.length > 0 && h('h3', null, 'Worth a second look'),
        preview.warnings.length > 0 && h('ul.problems', null, ...preview.warnings.map((one) => entry(one, 'warn'))));
    fill(priors, h('section.card', null, h('header', null, h('h2', null, 'What the space draws')),
        h('div.body', null, priorCards(preview.spec.space))));
  };

  text.addEventListener('dragover', (event) => {
    event.preventDefault();
    text.classList.add('drop');
  });
  text.addEventListener('dragleave', () => text.classList.remove('drop'));
  text.addEventListener('drop', (event) => {
    event.preventDefault();
    text.classList.remove('drop');
    const dropped = event.dataTransfer?.files[0];
    if (dropped) {
      read(dropped);
    }
  });
  check();

  return {
    title: 'New study',
    element: h('div.stack', null,
        h('div.row.small', null, link('/', 'Studies'), h('span.muted', null, '/'), 'New'),
        h('div.row.spread', null, h('h1', null, 'New study'),
            h('div.row', null, file, h('button', {onclick: () => file.click()}, 'Open a file'), create)),
        h('div.editor', null,
            h('section.card', null, h('header', null, h('h2', null, h('label', {for: 'study-file'}, 'Study file')),
                h('span.muted.small', null, 'YAML or JSON, checked as you write')), h('div.body', null, text)),
            h('section.card', null, h('div.body.stack', null, verdict))),
        priors),
    leave: () => clearTimeout(timer),
  };
}

/** @param {Record<string, any>} values */
function facts(values) {
  return Object.entries(values).filter(([, value]) => value !== undefined && value !== null)
      .flatMap(([name, value]) => [h('dt', null, name), h('dd', null, plain(value))]);
}

/**
 * Where a field stands in a file: the last of its keys that is found, each below the one before.
 * @param {string} text
 * @param {string} field such as `space.lr.uniform[0]`
 * @returns {[number, number]|null}
 */
export function placeOf(text, field) {
  let from = 0;
  /** @type {[number, number]|null} */
  let found = null;
  for (const key of field.replace(/\[\d+\]/g, '').split('.').filter(Boolean)) {
    const match = new RegExp(`["']?${key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}["']?\\s*:`).exec(text.slice(from));
    if (!match) {
      break;
    }
    found = [from + match.index, from + match.index + match[0].length - 1];
    from = found[1];
  }
  return found;
}
