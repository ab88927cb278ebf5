import {emptyState, fill, link} from './dom.js';
import {segments, start} from './router.js';
import {startTheme} from './theme.js';
import {comparePage} from './views/compare.js';
import {newStudyPage} from './views/new-study.js';
import {studiesPage} from './views/studies.js';
import {studyPage} from './views/study.js';
import {trainersPage} from './views/trainers.js';
import {trialPage} from './views/trial.js';

/** @type {Record<string, import('./router.js').Page>} */
const PAGES = {
  '': studiesPage,
  new: newStudyPage,
  compare: comparePage,
  trainers: trainersPage,
  studies: ([name, ...rest]) => (name ? studyPage([name, ...rest]) : studiesPage([])),
  trials: trialPage,
};

const content = /** @type {HTMLElement} */ (document.getElementById('content'));
/** @type {import('./router.js').Shown|null} */
let shown = null;

function show() {
  const [kind = '', ...rest] = segments();
  shown?.leave?.();
  shown = (PAGES[kind] ?? unknownPage)(rest);
  document.title = shown.title ? `${shown.title} · Trialstream` : 'Trialstream';
  fill(content, shown.element);
  document.querySelectorAll('.bar nav a').forEach((entry) => {
    const here = entry.getAttribute('href') === (kind ? `/${kind}` : '/')
        || (entry.getAttribute('href') === '/' && ['studies', 'trials', 'new'].includes(kind));
    entry.toggleAttribute('aria-current', here);
    if (here) {
      entry.setAttribute('aria-current', 'page');
    }
  });
}

/** @type {import('./router.js').Page} */
function unknownPage() {
  return {title: 'Not found', element: emptyState('There is no such page', location.pathname, link('/', 'All studies'))};
}

startTheme(/** @type {HTMLSelectElement} */ (document.getElementById('theme')));
document.getElementById('sign-out')?.toggleAttribute('hidden', document.documentElement.dataset.access !== 'on');
start(show);
