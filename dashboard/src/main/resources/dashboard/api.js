import './types.js';

/** The REST interface of the service that this page comes from. */

const ROOT = '/api/v1';

/** An answer that is no success, with what its problem+json says. */
export class ApiError extends Error {
  /** @param {number} status @param {any} problem */
  constructor(status, problem) {
    super(problem?.detail || problem?.title || (status === 0 ? 'the service does not answer' : `status ${status}`));
    this.status = status;
    /** @type {import('./types.js').FieldError[]} */
    this.errors = problem?.errors ?? [];
  }
}

/**
 * @param {string} path
 * @param {RequestInit} [options]
 * @returns {Promise<Response>}
 */
async function request(path, options = {}) {
  let response;
  try {
    response = await fetch(ROOT + path, {credentials: 'same-origin', ...options});
  } catch (error) {
    if (options.signal?.aborted) {
      throw error;
    }
    throw new ApiError(0, null);
  }
  if (response.status === 401) {
    location.assign(`/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`);
  }
  if (!response.ok) {
    throw new ApiError(response.status, await response.json().catch(() => null));
  }
  return response;
}

/** @param {string} path @param {AbortSignal} [signal] @returns {Promise<any>} */
export async function get(path, signal) {
  return (await request(path, {signal, headers: {Accept: 'application/json'}})).json();
}

/** @param {string} path @param {AbortSignal} [signal] */
export async function getText(path, signal) {
  return (await request(path, {signal})).text();
}

/**
 * @param {'POST'|'DELETE'} method
 * @param {string} path
 * @param {string} [body]
 * @param {Record<string, string>} [headers]
 * @returns {Promise<any>}
 */
export async function send(method, path, body, headers = {}) {
  return (await request(path, {method, body, headers: {'Content-Type': 'application/json', ...headers}})).json();
}

/** @param {string} study an id or a name */
export const studyPath = (study) => `/studies/${encodeURIComponent(study)}`;

/** @param {string} trial */
export const trialPath = (trial) => `/trials/${encodeURIComponent(trial)}`;

/**
 * Parameters as a query, those without a value left out.
 * @param {Record<string, string|number|null|undefined>} parameters
 */
export function query(parameters) {
  const pairs = Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined && value !== '');
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs.map(([key, value]) => [key, String(value)]))}`;
}
