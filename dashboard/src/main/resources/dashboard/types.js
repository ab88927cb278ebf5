/**
 * What the REST interface answers, as far as the pages use it; openapi.yaml has the whole.
 *
 * @typedef {'QUEUED'|'RUNNING'|'COMPLETED'|'PRUNED'|'INFEASIBLE'|'FAILED'|'CANCELLED'} TrialState
 * @typedef {{code: string, text: string}} Reason
 * @typedef {{queued: number, running: number, completed: number, pruned: number, infeasible: number, failed: number,
 *   cancelled: number, imported: number, counted: number}} TrialCounts
 * @typedef {{studyId: string, name: string, state: string, stateReason?: Reason, waitingFor?: Reason,
 *   objective: {metric: string, direction: 'maximize'|'minimize'}, budget: Record<string, any>, trials: TrialCounts,
 *   best?: {trialId: string, number: number, objective: number}, evidence: number, trainingSeconds: number,
 *   changes: number, createdAt: string, orphaned: boolean, spec?: Record<string, any>}} Study
 * @typedef {{trialId: string, studyId: string, number: number, state: TrialState, origin: string, retrainOf?: number,
 *   objective?: number, bestEpoch?: number, epochs: number, configuration: Record<string, any>,
 *   best: Record<string, number>, end: Record<string, number>, reason?: Reason, trainerId?: string, proposedAt: string,
 *   startedAt?: string, finishedAt?: string, trainingSeconds?: number, evidenceNumber?: number, sampler: string,
 *   dispatch: number, runs?: Run[], artifacts?: Artifact[]}} Trial
 * @typedef {{runId: string, trainerId: string, state: string, stands: boolean, engine?: string, device?: string,
 *   totalEpochs?: number, lastEpoch: number, resumedFrom?: {runId: string, epoch: number}, startedAt?: string,
 *   endedAt?: string, reason?: Reason}} Run
 * @typedef {{name: string, runId: string, mediaType: string, bytes: number, path: string}} Artifact
 * @typedef {{trainerId: string, pool: string, state: string, slots: number, engine: string, device: string,
 *   heartbeatAgeSeconds: number,
 *   runs: {trialId: string, studyId: string, number: number, runId: string, epoch: number}[]}} Trainer
 * @typedef {{best: number, sample: number, seed: number, note: string}} Sampling
 * @typedef {{metric: string, direction: string, trials: number, shown: number, sampling?: Sampling, fields: string[],
 *   rows: any[][]}} Plot
 * @typedef {{field: string, code: string, message: string}} FieldError
 */
export {};
