/** Light or dark: as the system has it, or as the reader chose. */

const KEY = 'trialstream.theme';
const dark = matchMedia('(prefers-color-scheme: dark)');
/** @type {Set<() => void>} */
const followers = new Set();

function chosen() {
  try {
    return localStorage.getItem(KEY) ?? 'system';
  } catch {
    return 'system';
  }
}

function apply() {
  const choice = chosen();
  document.documentElement.dataset.theme = choice === 'system' ? (dark.matches ? 'dark' : 'light') : choice;
  followers.forEach((follower) => follower());
}

/** @param {HTMLSelectElement} choice */
export function startTheme(choice) {
  choice.value = chosen();
  choice.addEventListener('change', () => {
    try {
      localStorage.setItem(KEY, choice.value);
    } catch {
      // A browser that keeps nothing shows what is chosen until the page is closed.
    }
    apply();
  });
  dark.addEventListener('change', apply);
  apply();
}

/** @param {() => void} follower @returns {() => void} ends it */
export function onTheme(follower) {
  followers.add(follower);
  return () => followers.delete(follower);
}

/** @param {string} name of a variable of the style sheet */
export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** Viridis (van der Walt and Smith), which the eye takes as even, and every eye can tell apart. */
export const VIRIDIS = ['#440154', '#482878', '#3e4989', '#31688e', '#26828e', '#1f9e89', '#35b779', '#6ece58',
  '#b5de2b', '#fde725'];

/**
 * The colour of a part of the scale.
 * @param {number} share from 0 to 1
 */
export function viridis(share) {
  const place = Math.min(1, Math.max(0, share)) * (VIRIDIS.length - 1);
  const below = Math.floor(place);
  const above = Math.min(VIRIDIS.length - 1, below + 1);
  const channel = (/** @type {string} */ hex, /** @type {number} */ at) => parseInt(hex.slice(at, at + 2), 16);
  const mixed = [1, 3, 5].map((at) => Math.round(
      channel(VIRIDIS[below], at) + (place - below) * (channel(VIRIDIS[above], at) - channel(VIRIDIS[below], at))));
  return `rgb(${mixed.join(', ')})`;
}

/** The colour of a trial's state. @param {string} state */
export function stateColour(state) {
  const known = ['RUNNING', 'COMPLETED', 'PRUNED', 'INFEASIBLE', 'FAILED'];
  return colour(known.includes(state) ? state.toLowerCase() : 'queued');
}
