package io.trialstream.cli.verify;

import io.trialstream.cli.client.TrialstreamClient;
import io.trialstream.messaging.KafkaConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks at studies again and again until they are settled, or patience ends. Not thread-safe. */
public final class Verification implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final TopicBooks NOTHING = new TopicBooks(0, true, Map.of(), Set.of(), Map.of(), Set.of());
    private static final ReaderBooks UNSHOWN = new ReaderBooks(Map.of(), Map.of(), Map.of(), List.of(), 0);

    private final TopicReader topics;
    private final TrialstreamClient client;
    private final ReaderView readers;

    /** Compares this broker's topics with what this server shows. */
    public Verification(KafkaConnection connection, TrialstreamClient client) {
        this.topics = new TopicReader(connection);
        this.client = client;
        this.readers = new ReaderView(client);
    }

    /**
     * What came of a study.
     *
     * @param studyId the study
     * @param trials how many trials the ledger has
     * @param evidence how many outcomes are evidence
     * @param differences what differs, for people; empty where everything agrees
     */
    public record Verdict(String studyId, int trials, int evidence, List<String> differences) {

        /** Copies the list. */
        public Verdict {
            differences = List.copyOf(differences);
        }

        /** Whether nothing differs. */
        public boolean agrees() {
            return differences.isEmpty();
        }
    }

    /** The ids of all studies that the topics or the server have and that are not deleted. */
    public List<String> studies() {
        topics.readOn();
        Set<String> studies = new LinkedHashSet<>(topics.studies());
        client.studies().forEach(study -> studies.add(study.studyId()));
        return List.copyOf(studies);
    }

    /**
     * Compares these studies. What is on its way from one side to the other is waited for.
     *
     * @param patience for how long
     * @throws InterruptedException if interrupted meanwhile
     */
    public List<Verdict> of(List<String> studyIds, Duration patience) throws InterruptedException {
        Map<String, Settling> settling = new LinkedHashMap<>();
        studyIds.forEach(study -> settling.put(study, new Settling()));
        long deadline = System.nanoTime() + patience.toNanos();
        Set<String> open = new LinkedHashSet<>(studyIds);
        while (true) {
            topics.readOn();
            open.forEach(study -> settling.get(study).look(look(study)));
            open.removeIf(study -> settling.get(study).isSettled());
            if (open.isEmpty() || System.nanoTime() > deadline) {
                break;
            }
            Thread.sleep(PAUSE.toMillis());
        }
        List<Verdict> verdicts = new ArrayList<>();
        settling.forEach((study, looks) -> verdicts.add(verdict(study, looks)));
        return verdicts;
    }

    @Override
    public void close() {
        topics.close();
    }

    private List<Difference> look(String study) {
        Optional<TopicBooks> held = topics.books(study);
        Optional<ReaderBooks> shown = readers.books(study);
        if (held.isEmpty()) {
            return List.of(Difference.ofStudy(
                    Difference.Code.LEDGER_MISSING,
                    "the topics do not have the study" + (shown.isEmpty() ? "" : ", only the database has")));
        }
        return Reconciliation.of(held.orElse(NOTHING), shown.orElse(UNSHOWN));
    }

    private Verdict verdict(String study, Settling looks) {
        TopicBooks held = topics.books(study).orElse(NOTHING);
        int evidence = (int) held.outcomes().values().stream()
                .filter(outcome -> outcome.evidenceNumber().isPresent())
                .count();
        return new Verdict(
                study,
                held.ledger().size(),
                evidence,
                looks.lasting().stream().map(Difference::toString).toList());
    }
}
