/** Which page is shown, and its state: both are the address, so that a view can be shared and gone back to. */

/**
 * A page.
 * @typedef {{title: string, element: HTMLElement, leave?: () => void, changed?: () => void}} Shown
 * @typedef {(path: string[]) => Shown} Page
 */

/** @type {(() => void)|null} */
let showCurrent = null;
/** @type {Set<() => void>} */
const followers = new Set();

/** @param {() => void} show shows the page of the address */
export function start(show) {
  showCurrent = show;
  window.addEventListener('popstate', show);
  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target.closest('a[data-route]') : null;
    if (target instanceof HTMLAnchorElement && event.button === 0 && !event.defaultPrevented
        && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      go(target.href);
    }
  });
  show();
}

/** @param {string} href */
export function go(href) {
  history.pushState(null, '', href);
  showCurrent?.();
  window.scrollTo(0, 0);
}

/** The segments of the address's path, decoded. */
export function segments() {
  return location.pathname.split('/').filter(Boolean).map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
}

/** The state in the address. */
export function state() {
  return new URLSearchParams(location.search);
}

/**
 * Changes the state in the address and tells those who follow it.
 * @param {Record<string, string|null>} changes null takes a key out
 */
export function setState(changes) {
  const parameters = state();
  for (const [key, value] of Object.entries(changes)) {
    if (value === null || value === '') {
      parameters.delete(key);
    } else {
      parameters.set(key, value);
    }
  }
  const text = parameters.toString();
  history.replaceState(null, '', location.pathname + (text ? `?${text}` : ''));
  followers.forEach((follower) => follower());
}

/** @param {() => void} follower @returns {() => void} ends it */
export function follow(follower) {
  followers.add(follower);
  return () => followers.delete(follower);
}
