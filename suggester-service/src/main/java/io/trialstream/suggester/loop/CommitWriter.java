package io.trialstream.suggester.loop;

import io.trialstream.contracts.Proposal;
import io.trialstream.contracts.Topics;
import io.trialstream.messaging.EventPublisher;
import io.trialstream.messaging.FaultPoint;
import io.trialstream.suggester.decision.PendingCommit;
import io.trialstream.suggester.decision.PendingCommit.QueueRecord;
import io.trialstream.suggester.ledger.Ledger;
import io.trialstream.suggester.state.Studies;
import io.trialstream.suggester.telemetry.SuggesterMeters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Writes what a round decided, in the one order that is safe: the transaction of study and ledger records, then
 * commands, then queue records. A crash in between leaves what the next term makes up for. Confined to the suggester's
 * loop.
 */
final class CommitWriter {
    private final Ledger ledger;
    private final EventPublisher publisher;
    private final LedgerTombstones tombstones;
    private final Studies studies;
    private final SuggesterMeters meters;
    private final Map<String, Long> newestQueued = new HashMap<>();

    CommitWriter(
            Ledger ledger,
            EventPublisher publisher,
            LedgerTombstones tombstones,
            Studies studies,
            SuggesterMeters meters) {
        this.ledger = ledger;
        this.publisher = publisher;
        this.tombstones = tombstones;
        this.studies = studies;
        this.meters = meters;
    }

    /**
     * Writes all of it and waits until the broker has it.
     *
     * @throws RuntimeException if it is not known how much was written; the state has to be rebuilt
     */
    void write(PendingCommit commit) {
        if (!commit.hasNoRecords()) {
            FaultPoint.SUGGESTER_DECIDED.reached();
            ledger.commit(commit.studies(), commit.ledger());
            FaultPoint.SUGGESTER_COMMITTED.reached();
        }
        commit.deletedStudies().forEach(tombstones::add);
        sendCommands(commit);
        enqueue(commit.queue());
    }

    /** The offset of the newest record in each pool's queue that was written this term. */
    Map<String, Long> newestQueued() {
        return Map.copyOf(newestQueued);
    }

    private void sendCommands(PendingCommit commit) {
        List<CompletableFuture<Void>> sent = commit.commands().stream()
                .map(command -> publisher.publish(Topics.TRIAL_COMMANDS, command.studyId(), command.key(), command))
                .toList();
        sent.forEach(CompletableFuture::join);
        commit.commands().forEach(command -> meters.commandSent(command.kind()));
    }

    private void enqueue(List<QueueRecord> records) {
        List<CompletableFuture<Long>> sent = records.stream()
                .map(record -> publisher.append(
                        Topics.proposals(record.pool()),
                        record.proposal().trialId().toString(),
                        record.proposal()))
                .toList();
        for (int i = 0; i < sent.size(); i++) {
            Proposal proposal = records.get(i).proposal();
            long offset = sent.get(i).join();
            newestQueued.merge(records.get(i).pool(), offset, Math::max);
            studies.byId(proposal.studyId())
                    .ifPresent(study -> study.history().queued(proposal.number(), proposal.dispatch(), offset));
            meters.queued();
        }
        if (!records.isEmpty()) {
            FaultPoint.SUGGESTER_QUEUED.reached();
        }
    }
}
