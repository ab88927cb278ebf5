import {get, trialPath} from './api.js';
import {fill, h} from './dom.js';
import {count} from './format.js';
import {attempt} from './notices.js';

/**
 * The network that a trial trains: its layers by stage, that is, by the size of what they give, each stage folded; and
 * what differs from another trial's.
 *
 * @typedef {{type: string, name: string, inputs?: string[], outputShape: number[], parameters?: number}} Layer
 */

/**
 * @param {{layers: Layer[], parameters?: number, trainableParameters?: number, inputShape: number[]}} network
 * @param {string} studyId
 */
export function architecture(network, studyId) {
  const list = h('div.network', {tabindex: 0, role: 'region', 'aria-label': 'Layers'});
  const result = h('span.muted.small', {role: 'status'});
  const other = /** @type {HTMLInputElement} */ (h('input.short', {inputmode: 'numeric', 'aria-label': 'Compare with trial number', placeholder: 'trial'}));
  const show = (/** @type {{layers: Layer[]}|null} */ against) => {
    const known = against ? new Set(against.layers.map(described)) : null;
    const changed = known ? network.layers.filter((layer) => !known.has(described(layer))).length : 0;
    fill(result, known ? `${changed} of ${network.layers.length} layers differ` : '');
    fill(list, ...stages(network.layers).map((stage) => stageBox(stage, known)));
  };
  show(null);
  return h('div.stack', null,
      h('div.row.spread', null,
          h('span.small', null, `${network.layers.length} layers, `, h('span.number', {data: {value: String(network.parameters)}},
              `${count(network.parameters ?? 0)} parameters`), ` on an input of ${network.inputShape.join(' × ')}`),
          h('form.row', {onsubmit: async (event) => {
            event.preventDefault();
            const number = other.value.replace('#', '').trim();
            const against = number === '' ? null : await attempt(() => get(`${trialPath(`${studyId}:${number}`)}/network`));
            show(against ?? null);
          }}, result, h('label.field', null, 'Differences to', other), h('button', null, 'Show'))),
      list);
}

/** @param {Layer[]} layers @returns {Layer[][]} */
function stages(layers) {
  /** @type {Layer[][]} */
  const found = [];
  let size = '';
  for (const layer of layers) {
    const here = layer.outputShape.length > 1 ? layer.outputShape.slice(1).join(' × ') : 'vector';
    if (here !== size) {
      found.push([]);
      size = here;
    }
    found[found.length - 1].push(layer);
  }
  return found;
}

/** @param {Layer[]} layers @param {Set<string>|null} known */
function stageBox(layers, known) {
  const shape = layers[layers.length - 1].outputShape;
  const size = shape.length > 1 ? `${shape.slice(1).join(' × ')}, ${shape[0]} channels` : 'dense part';
  const parameters = layers.reduce((sum, layer) => sum + (layer.parameters ?? 0), 0);
  const different = known !== null && layers.some((layer) => !known.has(described(layer)));
  return h('details.stage', {open: different}, h('summary', null, `${size} `,
      h('span.muted.small', null, `${layers.length} layers, ${count(parameters)} parameters${different ? ', differs' : ''}`)),
  h('div.scroll', null, h('table', null, h('caption.hidden-text', null, size), h('thead', null, h('tr', null,
      h('th', {scope: 'col'}, 'Layer'), h('th', {scope: 'col'}, 'Type'), h('th', {scope: 'col'}, 'Settings'),
      h('th', {scope: 'col'}, 'From'), h('th', {scope: 'col'}, 'Gives'), h('th.number', {scope: 'col'}, 'Parameters'))),
  h('tbody', null, ...layers.map((layer) => h('tr', {class: known !== null && !known.has(described(layer)) ? 'changed' : ''},
      h('th', {scope: 'row'}, layer.name), h('td', null, layer.type), h('td', null, settings(layer)),
      h('td', null, (layer.inputs ?? []).join(', ')), h('td.number', null, layer.outputShape.join(' × ')),
      h('td.number', null, count(layer.parameters ?? 0))))))));
}

/** @param {any} layer */
function settings(layer) {
  const shown = ['type', 'name', 'inputs', 'outputShape', 'parameters', 'l2'];
  return Object.entries(layer).filter(([key]) => !shown.includes(key)).map(([key, value]) => `${key} ${value}`).join(', ');
}

/** @param {Layer} layer */
function described(layer) {
  return JSON.stringify([layer.name, layer.type, layer.outputShape, settings(layer)]);
}
