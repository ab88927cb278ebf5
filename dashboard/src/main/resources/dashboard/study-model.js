import {get, query, studyPath} from './api.js';
import {followStudy} from './live.js';
import {Pace} from './pace.js';
import './types.js';

/**
 * A study as the pages of it show it, kept up to date by its events. What is costly (all trials for charts) is read when
 * somebody asks for it, and again when trials have ended, the more rarely the longer it takes.
 *
 * @typedef {{number: number, state: string, origin: string, objective: number|null, bestEpoch: number|null,
 *   epochs: number, trainerId: string|null, startedAt: string|null, finishedAt: string|null,
 *   trainingSeconds: number|null, values: Record<string, any>}} Point
 * @typedef {{points: Point[], byNumber: Map<number, Point>, keys: string[], sampling?: import('./types.js').Sampling,
 *   trials: number}} Table
 */
const CONFIGURATION = 'configuration.';
const LEAST_PAUSE_MILLIS = 1500;
const TIMES_THE_READING = 8;
const TRAINERS_MILLIS = 4000;

export class StudyModel {
  /** @type {import('./types.js').Study} */
  study;
  /** @type {import('./types.js').Trainer[]} */
  trainers = [];
  /** What runs, by number. @type {Map<number, any>} */
  running = new Map();
  pace = new Pace();

  #followers = new Map();
  /** @type {Table|null} */
  #table = null;
  /** @type {Promise<Table>|null} */
  #reading = null;
  #stream = {end: () => {}, again: () => {}};
  #timer = 0;
  #trainersTimer = 0;
  #dirty = false;
  /** Whether the stream was open before, so that something may have been missed. */
  #connected = false;
  #pause = LEAST_PAUSE_MILLIS;

  /** @param {import('./types.js').Study} study */
  constructor(study) {
    this.study = study;
    this.pace.left(study);
  }

  /** @param {string} name its id or name @param {AbortSignal} signal */
  static async load(name, signal) {
    const model = new StudyModel(await get(studyPath(name), signal));
    model.trainers = (await get('/trainers', signal)).items;
    return model;
  }

  /** Follows the study from now on. */
  start() {
    this.#stream = followStudy(this.study.studyId, (kind, data) => this.#told(kind, data));
    this.#readTrainers();
  }

  stop() {
    this.#stream.end();
    clearTimeout(this.#timer);
    clearTimeout(this.#trainersTimer);
    this.#followers.clear();
  }

  /**
   * Calls when something has changed: the study, its trials, the trainers, or an epoch of a trial.
   * @param {'study'|'trials'|'trainers'|'epoch'|'gone'} what
   * @param {(data?: any) => void} follower
   */
  on(what, follower) {
    this.#followers.set(what, [...(this.#followers.get(what) ?? []), follower]);
  }

  /** All trials for charts, or a sample. @returns {Promise<Table>} */
  async table() {
    if (this.#table && !this.#dirty) {
      return this.#table;
    }
    this.#dirty = false;
    this.#reading ??= this.#readTable().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  /** Reads the study anew. */
  async refresh() {
    this.study = await get(this.path);
    this.#tell('study');
  }

  /** Seconds left, NaN where nobody can tell. */
  left() {
    return this.pace.left(this.study);
  }

  get path() {
    return studyPath(this.study.studyId);
  }

  get maximize() {
    return this.study.objective.direction === 'maximize';
  }

  async #readTable() {
    const began = performance.now();
    const plot = await get(`${this.path}/plot${query({maxPoints: 5000})}`);
    this.#table = tableOf(plot);
    this.#pause = Math.max(LEAST_PAUSE_MILLIS, TIMES_THE_READING * (performance.now() - began));
    return this.#table;
  }

  async #readTrainers() {
    clearTimeout(this.#trainersTimer);
    if (document.visibilityState === 'visible') {
      try {
        this.trainers = (await get('/trainers')).items;
        this.#tell('trainers');
      } catch (error) {
        // A connection that was cut without a word looks alive to the stream of events.
        if (error.status === 0) {
          this.#stream.again();
        }
      }
    }
    this.#trainersTimer = window.setTimeout(() => this.#readTrainers(), TRAINERS_MILLIS);
  }

  /** @param {string} kind @param {any} data */
  #told(kind, data) {
    if (kind === 'study') {
      const moved = data.state !== this.study.state || data.trials.counted !== this.study.trials.counted;
      this.study = {...this.study, ...data, stateReason: data.stateReason, best: data.best};
      this.pace.left(this.study);
      this.#tell('study');
      if (moved) {
        this.#readAgain();
      }
    } else if (kind === 'connected') {
      if (this.#connected) {
        this.#readAgain();
      }
      this.#connected = true;
    } else if (kind === 'trial-started' || kind === 'trial-epoch') {
      const before = this.running.get(data.number) ?? {};
      this.running.set(data.number, {...before, ...data, metrics: {...before.metrics, ...data.metrics}});
      this.#tell('epoch', data);
      if (kind === 'trial-started') {
        this.#readAgain();
      }
    } else if (kind === 'trial-finished' || kind === 'trial-queued' || kind === 'trial-proposed') {
      this.running.delete(data.number);
      this.#readAgain();
    } else if (kind === 'gone') {
      this.#tell('gone');
    } else if (kind === 'trainer') {
      this.trainers = [...this.trainers.filter((one) => one.trainerId !== data.trainerId), data];
      this.#tell('trainers');
    }
  }

  #readAgain() {
    this.#dirty = true;
    if (this.#timer) {
      return;
    }
    this.#timer = window.setTimeout(async () => {
      this.#timer = 0;
      try {
        await this.refresh();
      } catch {
        // Told by the stream of events, or by who asks for the trials.
      }
      this.#tell('trials');
    }, this.#pause);
  }

  /** @param {string} what @param {any} [data] */
  #tell(what, data) {
    (this.#followers.get(what) ?? []).forEach((follower) => follower(data));
  }
}

/** @param {import('./types.js').Plot} plot @returns {Table} */
function tableOf(plot) {
  const keys = plot.fields.filter((field) => field.startsWith(CONFIGURATION))
      .map((field) => field.slice(CONFIGURATION.length)).sort();
  const points = plot.rows.map((row) => {
    const point = {values: {}};
    plot.fields.forEach((field, at) => {
      if (field.startsWith(CONFIGURATION)) {
        point.values[field.slice(CONFIGURATION.length)] = row[at];
      } else {
        point[field] = row[at];
      }
    });
    return /** @type {Point} */ (point);
  });
  return {points, byNumber: new Map(points.map((point) => [point.number, point])), keys, sampling: plot.sampling,
    trials: plot.trials};
}
