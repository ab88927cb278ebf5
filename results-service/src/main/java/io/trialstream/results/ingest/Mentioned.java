package io.trialstream.results.ingest;

import io.trialstream.contracts.EpochReport;
import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Message;
import io.trialstream.contracts.Run;
import io.trialstream.contracts.StudyRecord;
import io.trialstream.contracts.TrialReport;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a batch speaks of, by id and sorted, so that rows are locked in one order.
 *
 * @param created studies that the batch itself brings
 * @param studies studies that must exist
 * @param proposed trials that the batch itself brings
 * @param trials trials that must exist, unless their study is deleted
 * @param runs runs that may exist
 */
record Mentioned(Set<String> created, Set<String> studies, Set<String> proposed, Set<String> trials, Set<String> runs) {

    static Mentioned in(Batch batch) {
        Mentioned mentioned =
                new Mentioned(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
        batch.records().forEach(received -> received.message().ifPresent(mentioned::add));
        return mentioned;
    }

    private void add(Message message) {
        if (message instanceof StudyRecord study) {
            created.add(study.studyId());
        } else if (message instanceof LedgerRecord trial) {
            studies.add(trial.studyId());
            proposed.add(trial.trialId().toString());
            trial.importedRun().ifPresent(run -> runs.add(run.runId()));
        } else if (message instanceof TrialReport report) {
            add(report.run());
        } else if (message instanceof EpochReport epoch) {
            add(epoch.run());
        }
    }

    private void add(Run run) {
        studies.add(run.studyId());
        trials.add(run.trialId().toString());
        runs.add(run.runId());
    }
}
