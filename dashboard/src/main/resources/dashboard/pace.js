/**
 * Estimates how long a study will take from how fast its trials ended while this page watched: trials that ended before
 * say nothing about its pace, for it may have been paused. The command line does the same.
 */
export class Pace {
  #since = 0;
  #finishedThen = 0;

  /**
   * Seconds left; NaN before the first trial has ended, and without a budget of trials.
   * @param {import('./types.js').Study} study
   * @param {number} [now] in milliseconds
   */
  left(study, now = Date.now()) {
    if (this.#since === 0 || study.state !== 'RUNNING') {
      this.#since = now;
      this.#finishedThen = study.trials.counted;
    }
    const ended = study.trials.counted - this.#finishedThen;
    if (ended <= 0 || !study.budget.trials) {
      return NaN;
    }
    return ((now - this.#since) / 1000) * Math.max(0, study.budget.trials - study.trials.counted) / ended;
  }

  /** Trials an hour while this page watched; NaN before the first has ended. @param {import('./types.js').Study} study */
  hourly(study, now = Date.now()) {
    const ended = study.trials.counted - this.#finishedThen;
    return this.#since === 0 || ended <= 0 ? NaN : (ended * 3600000) / (now - this.#since);
  }
}
