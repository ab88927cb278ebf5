import {h} from './dom.js';

const SHOWN_MILLIS = 8000;

/**
 * Says what came of an action.
 * @param {string} text
 * @param {'good'|'bad'} [kind]
 */
export function notice(text, kind = 'good') {
  const box = document.getElementById('notices');
  const shown = h(`div.banner.${kind}`, null, h('span.name', null, text),
      h('button.quiet', {'aria-label': 'Dismiss', onclick: () => shown.remove()}, '✕'));
  box?.append(shown);
  setTimeout(() => shown.remove(), SHOWN_MILLIS);
}

/**
 * Does something and says what failed, if it did.
 * @template T
 * @param {() => Promise<T>} action
 * @param {string} [done] what to say when it is done
 */
export async function attempt(action, done) {
  try {
    const answer = await action();
    if (done) {
      notice(done);
    }
    return answer;
  } catch (error) {
    notice(error.status === 403 ? `${error.message}. Your key may read, not command.` : error.message, 'bad');
    return undefined;
  }
}
