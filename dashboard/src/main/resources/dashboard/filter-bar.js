import {fill, h} from './dom.js';
import {OBJECTIVE} from './selection.js';

/**
 * The conditions that trials have to meet, and a way to set them without a pointer: what is brushed in a chart appears
 * here, and what is set here is brushed there.
 * @param {import('./selection.js').Selection} selection
 * @param {() => Promise<import('./study-model.js').Table>} table
 */
export function filterBar(selection, table) {
  const chips = h('div.row', {role: 'group', 'aria-label': 'Conditions'});
  const form = h('form.row', {hidden: true, onsubmit: (event) => {
    event.preventDefault();
    apply();
  }});
  const add = h('button', {'aria-expanded': 'false', onclick: () => {
    const show = form.hasAttribute('hidden');
    form.toggleAttribute('hidden', !show);
    add.setAttribute('aria-expanded', String(show));
    if (show) {
      open();
    }
  }}, 'Filter');
  let key = OBJECTIVE;
  /** @type {() => import('./selection.js').Condition} */
  let condition = () => ({key});
  const apply = () => selection.brush(condition());

  const open = async () => {
    const {points, keys} = await table();
    const fields = h('span.row');
    const select = h('select', {'aria-label': 'Parameter', onchange: (event) => {
      key = event.target.value;
      edit();
    }}, ...[OBJECTIVE, ...keys].map((name) => h('option', {value: name, selected: name === key}, name)));
    const edit = () => {
      const values = points.map((point) => (key === OBJECTIVE ? point.objective : point.values[key]));
      if (values.every((value) => value === null || value === undefined || typeof value === 'number')) {
        const from = /** @type {HTMLInputElement} */ (h('input.short', {'aria-label': 'from', inputmode: 'decimal', placeholder: 'from'}));
        const to = /** @type {HTMLInputElement} */ (h('input.short', {'aria-label': 'to', inputmode: 'decimal', placeholder: 'to'}));
        fill(fields, from, to);
        condition = () => ({key, from: bound(from), to: bound(to)});
      } else {
        const known = [...new Set(values.map((value) => String(value ?? 'null')))].sort().slice(0, 30);
        const boxes = known.map((value) => h('input', {type: 'checkbox', value}));
        fill(fields, ...boxes.map((box, at) => h('label.row', null, box, known[at] === 'null' ? 'none' : known[at])));
        condition = () => ({key, values: boxes.filter((box) => /** @type {HTMLInputElement} */ (box).checked)
            .map((box) => /** @type {HTMLInputElement} */ (box).value)});
      }
    };
    edit();
    fill(form, select, fields, h('button.primary', null, 'Apply'));
  };

  const show = () => fill(chips, ...selection.chips(),
      selection.conditions.length > 1 && h('button.quiet', {onclick: () => selection.clear()}, 'Clear all'));
  selection.onBrush(show);
  show();
  return h('div.row', null, add, form, chips);
}

/** @param {HTMLInputElement} input */
function bound(input) {
  const value = Number(input.value.trim());
  return input.value.trim() === '' || !Number.isFinite(value) ? undefined : value;
}
