/**
 * Elements without markup in strings: whatever a study, a trial or a trainer is called is text.
 */

/** @typedef {Node|string|number|null|undefined|false} Child */

/**
 * An element.
 * @param {string} tag a name with classes behind dots, such as `div.card`
 * @param {Record<string, any>|null} [attributes] `on…` are listeners, `data` a map of data attributes, `vars` one of
 *     CSS variables; null, undefined and false leave an attribute out
 * @param {...(Child|Child[])} children
 * @returns {HTMLElement}
 */
export function h(tag, attributes, ...children) {
  const [name, ...classes] = tag.split('.');
  const element = document.createElement(name);
  if (classes.length > 0) {
    element.className = classes.join(' ');
  }
  set(element, attributes ?? {});
  element.append(...nodes(children));
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

/**
 * An element of a drawing.
 * @param {string} tag
 * @param {Record<string, any>} attributes
 * @param {...(Child|Child[])} children
 */
export function svg(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  set(element, attributes);
  element.append(...nodes(children));
  return element;
}

/** @param {Element} element @param {Record<string, any>} attributes */
function set(element, attributes) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (key.startsWith('on')) {
      element.addEventListener(key.slice(2), value);
    } else if (key === 'data') {
      Object.assign(/** @type {HTMLElement} */ (element).dataset, value);
    } else if (key === 'vars') {
      // By the object model: the content security policy allows no style attribute in markup.
      Object.entries(value).forEach(([name, v]) => /** @type {HTMLElement} */ (element).style.setProperty(name, `${v}`));
    } else if (key === 'class') {
      element.classList.add(...String(value).split(' ').filter(Boolean));
    } else if (key in element && (key === 'value' || key === 'checked' || key === 'selected' || key === 'disabled')) {
      element[key] = value;
    } else {
      element.setAttribute(key, value === true ? '' : String(value));
    }
  }
}

/** @param {(Child|Child[])[]} children @returns {(Node|string)[]} */
function nodes(children) {
  return children.flat(2)
      .filter((child) => child !== null && child !== undefined && child !== false)
      .map((child) => (child instanceof Node ? child : String(child)));
}

/**
 * Puts these in the place of all that an element holds.
 * @param {Element} element
 * @param {...(Child|Child[])} children
 */
export function fill(element, ...children) {
  element.replaceChildren(...nodes(children));
  return element;
}

/**
 * The same for what is shown anew while it is read: the focus stays on the link or button that had it.
 * @param {Element} element
 * @param {...(Child|Child[])} children
 */
export function refill(element, ...children) {
  const focused = element.contains(document.activeElement) ? focusKey(document.activeElement) : null;
  fill(element, ...children);
  if (focused !== null) {
    const again = [...element.querySelectorAll('a, button, input, select, summary')].find((one) => focusKey(one) === focused);
    /** @type {HTMLElement|undefined} */ (again)?.focus({preventScroll: true});
  }
  return element;
}

/** @param {Element|null} element */
function focusKey(element) {
  return element?.getAttribute('href') ?? element?.getAttribute('aria-label') ?? element?.textContent ?? null;
}

/**
 * A name that somebody chose: its writing direction stays its own, and what is too long is cut with the rest on hover.
 * @param {string} text
 */
export function named(text) {
  return h('bdi.name', null, shortened(text, 200));
}

/** @param {string} text @param {number} most */
export function shortened(text, most) {
  const line = String(text).replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ');
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}

/**
 * A link to another page of the dashboard.
 * @param {string} href
 * @param {...(Child|Child[])} children
 */
export function link(href, ...children) {
  return h('a', {href, 'data-route': true}, ...children);
}

/**
 * A state in words behind its mark.
 * @param {string} state
 */
export function stateMark(state) {
  return h('span.state', {data: {state}}, state.toLowerCase());
}

/**
 * What is shown instead of a page that cannot be.
 * @param {string} title
 * @param {Child} text
 * @param {...Node} actions
 */
export function emptyState(title, text, ...actions) {
  return h('div.empty', null, h('h2', null, title), h('p', null, text),
      actions.length > 0 && h('div.row', null, ...actions));
}

/** @param {string} what */
export function loading(what) {
  return h('p.loading', {role: 'status'}, `Loading ${what} …`);
}
