package io.trialstream.results.ingest;

import io.trialstream.contracts.EpochReport;
import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.RefusingVisitor;
import io.trialstream.contracts.Run;
import io.trialstream.contracts.StudyRecord;
import io.trialstream.contracts.TrialReport;
import java.util.Set;
import java.util.TreeSet;

/**
 * The ids that the records of a batch refer to, sorted, so that rows are locked in one order.
 *
 * @param created studies that the batch itself brings
 * @param studies studies that must exist
 * @param proposed trials that the batch itself brings
 * @param trials trials that must exist, unless their study is deleted
 * @param runs runs that may exist
 */
record ReferencedIds(
        Set<String> created, Set<String> studies, Set<String> proposed, Set<String> trials, Set<String> runs) {

    static ReferencedIds in(Batch batch) {
        ReferencedIds ids =
                new ReferencedIds(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
        Collector collector = ids.new Collector();
        batch.records().forEach(received -> received.message().ifPresent(message -> message.accept(collector)));
        return ids;
    }

    private void add(Run run) {
        studies.add(run.studyId());
        trials.add(run.trialId().toString());
        runs.add(run.runId());
    }

    /** Adds the ids of a message. */
    private final class Collector extends RefusingVisitor<Void> {

        @Override
        public Void visit(StudyRecord study) {
            created.add(study.studyId());
            return null;
        }

        @Override
        public Void visit(LedgerRecord trial) {
            studies.add(trial.studyId());
            proposed.add(trial.trialId().toString());
            trial.importedRun().ifPresent(run -> runs.add(run.runId()));
            return null;
        }

        @Override
        public Void visit(TrialReport report) {
            add(report.run());
            return null;
        }

        @Override
        public Void visit(EpochReport epoch) {
            add(epoch.run());
            return null;
        }
    }
}
