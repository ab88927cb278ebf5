import {get, studyPath} from './api.js';

/**
 * A study's events. After a lost connection the stream goes on where it was, by the id of the last event; while the
 * page is hidden none is held, since a browser keeps only six connections to a service.
 */

const KINDS = ['study', 'trial-proposed', 'trial-queued', 'trial-started', 'trial-epoch', 'trial-finished', 'trainer'];
const FIRST_RETRY_MILLIS = 1000;
const LONGEST_RETRY_MILLIS = 15000;
const HIDDEN = 'hidden';

/**
 * @param {string} study
 * @param {(kind: string, data: any) => void} told the events' kinds, and `connected`, and `gone` where the study is deleted
 * @returns {{end: () => void, again: () => void}} `again` opens the stream anew, for who has found the service gone
 */
export function followStudy(study, told) {
  /** @type {EventSource|null} */
  let source = null;
  let lastId = '';
  let retry = FIRST_RETRY_MILLIS;
  let timer = 0;
  let ended = false;

  const open = () => {
    close();
    if (ended || document.visibilityState === HIDDEN) {
      return;
    }
    const after = lastId ? `?lastEventId=${lastId}` : '';
    source = new EventSource(`/api/v1${studyPath(study)}/events${after}`);
    source.onopen = () => {
      retry = FIRST_RETRY_MILLIS;
      connection('live');
      told('connected', null);
    };
    source.onerror = () => {
      connection('lost');
      close();
      clearTimeout(timer);
      timer = window.setTimeout(tryAgain, retry);
      retry = Math.min(LONGEST_RETRY_MILLIS, retry * 2);
    };
    KINDS.forEach((kind) => source?.addEventListener(kind, (event) => {
      const message = /** @type {MessageEvent} */ (event);
      lastId = message.lastEventId || lastId;
      told(kind, JSON.parse(message.data));
    }));
  };
  // The browser does not tell why a stream cannot be opened.
  const tryAgain = async () => {
    const gone = await get(studyPath(study)).then(() => false, (error) => error.status === 404);
    if (gone && !ended) {
      ended = true;
      connection('');
      told('gone', null);
    }
    open();
  };
  const close = () => {
    source?.close();
    source = null;
  };
  const seen = () => (document.visibilityState === HIDDEN ? close() : open());

  document.addEventListener('visibilitychange', seen);
  open();
  return {
    again: () => {
      if (source) {
        connection('lost');
        open();
      }
    },
    end: () => {
      ended = true;
      document.removeEventListener('visibilitychange', seen);
      clearTimeout(timer);
      close();
      connection('');
    },
  };
}

/** @type {Date|null} */
let lostAt = null;

/**
 * Shows whether what is on the page is of now.
 * @param {'live'|'lost'|''} state
 */
export function connection(state) {
  const output = document.getElementById('connection');
  if (!output) {
    return;
  }
  lostAt = state === 'lost' ? lostAt ?? new Date() : null;
  output.dataset.state = state;
  const text = {
    live: 'Live',
    lost: `Connection lost at ${(lostAt ?? new Date()).toLocaleTimeString()}, trying again`,
    '': '',
  }[state];
  if (output.textContent !== text) {
    output.textContent = text;
  }
}

/**
 * Does something again and again while the page is seen, and says when the service does not answer.
 * @param {() => Promise<void>} action
 * @param {number} everyMillis
 * @returns {() => void} ends it
 */
export function poll(action, everyMillis) {
  let ended = false;
  let timer = 0;
  const round = async () => {
    clearTimeout(timer);
    if (document.visibilityState !== HIDDEN) {
      try {
        await action();
        if (!ended) {
          connection('live');
        }
      } catch (error) {
        if (!ended && error.status === 0) {
          connection('lost');
        }
      }
    }
    if (!ended) {
      timer = window.setTimeout(round, everyMillis);
    }
  };
  const seen = () => document.visibilityState !== HIDDEN && round();
  document.addEventListener('visibilitychange', seen);
  round();
  return () => {
    ended = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', seen);
    connection('');
  };
}
