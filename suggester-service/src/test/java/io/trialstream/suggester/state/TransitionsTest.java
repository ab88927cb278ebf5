package io.trialstream.suggester.state;

import static java.util.stream.Collectors.flatMapping;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.ReasonCode;
import io.trialstream.contracts.StudyRecord;
import io.trialstream.space.Configuration;
import io.trialstream.suggester.Studied;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What each event makes of a trial in each phase: every pair is in the table, which is what the README draws. */
class TransitionsTest {
    private static final Deadlines DEADLINES = new Deadlines(5, 10, 5, 20, 2);
    private static final Reason FAULT = Reason.of(ReasonCode.DRAINING, "the trainer shuts down");

    /** To which phases each event may lead; a pair that is not here fails the test. */
    private static final String TABLE =
            """
            event          | WAITING           | QUEUED             | STARTED             | BROKEN_OFF          | SETTLING            | SETTLED
            Dispatched     | QUEUED            | QUEUED             | STARTED             | QUEUED              | SETTLING            | SETTLED
            Ended          | SETTLING          | SETTLING           | SETTLING            | SETTLING            | SETTLING            | SETTLED
            Enqueued       | WAITING           | QUEUED             | STARTED             | BROKEN_OFF          | SETTLING            | SETTLED
            FinalReport    | SETTLING          | SETTLING           | SETTLING            | SETTLING            | SETTLING            | SETTLED
            OutcomeRead    | SETTLED           | SETTLED            | SETTLED             | SETTLED             | SETTLED             | SETTLED
            QueueAdvanced  | WAITING           | QUEUED             | STARTED             | BROKEN_OFF          | SETTLING            | SETTLED
            ReportGone     | WAITING           | QUEUED             | STARTED             | BROKEN_OFF          | BROKEN_OFF,SETTLING | SETTLED
            RunAlive       | WAITING           | QUEUED,STARTED     | STARTED             | BROKEN_OFF          | SETTLING            | SETTLED
            RunErrored     | WAITING           | QUEUED,BROKEN_OFF  | STARTED,BROKEN_OFF  | BROKEN_OFF          | SETTLING            | SETTLED
            RunInterrupted | WAITING           | QUEUED,BROKEN_OFF  | STARTED,BROKEN_OFF  | BROKEN_OFF          | SETTLING            | SETTLED
            RunStarted     | WAITING,STARTED   | QUEUED,STARTED     | STARTED             | STARTED,BROKEN_OFF  | SETTLING            | SETTLED
            TimePassed     | WAITING           | QUEUED,BROKEN_OFF  | STARTED,BROKEN_OFF  | BROKEN_OFF          | SETTLING            | SETTLED
            ToldStuck      | WAITING           | QUEUED             | STARTED             | BROKEN_OFF          | SETTLING            | SETTLED
            """;

    private final StudyRecord study = Studied.study("s", 10);
    private final StudyHistory history = new StudyHistory(study);
    private final Proposer proposer = new Proposer(study.spec());
    private final LedgerRecord proposed = Studied.next(proposer, history);

    @Test
    void shouldHaveAnExampleOfEveryPhaseAndEvent() {
        assertThat(trials().map(Object::getClass)).containsAll(List.of(OpenTrial.class.getPermittedSubclasses()));
        assertThat(trials().map(OpenTrial::phase)).containsAll(EnumSet.allOf(Phase.class));
        assertThat(events().map(Object::getClass)).containsAll(List.of(TrialEvent.class.getPermittedSubclasses()));
    }

    @Test
    void shouldLeadWhereTheTableSays() {
        Map<String, Map<Phase, Set<Phase>>> table = table();

        assertThat(table.keySet())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(TrialEvent.class.getPermittedSubclasses())
                        .map(Class::getSimpleName)
                        .toList());
        assertThat(transitions()).isEqualTo(table);
    }

    @Test
    void shouldBeDrawnInTheReadmeAsItIs() throws IOException {
        assertThat(Files.readString(Path.of("README.md"))).contains(diagram());
    }

    /** All trials that differ in what an event makes of them. */
    private Stream<OpenTrial> trials() {
        TrialStory queued = new TrialStory(OpenTrial.of(proposed, configuration(), 0));
        LedgerRecord enqueued = proposer.enqueued(history, 1, configuration(), Studied.NOW);
        TrialStory waiting = new TrialStory(OpenTrial.of(enqueued, configuration(), 0));
        TrialStory interrupted = queued.started("gone", 1, 0, 1).interrupted("gone", FAULT);
        return Stream.of(
                        waiting,
                        waiting.interrupted("gone", FAULT),
                        queued,
                        queued.enqueued(1).queueBeginsAt(7, 1),
                        interrupted.dispatchedAgain(2),
                        queued.started("run", 1, 0, 1),
                        queued.started("gone", 1, 0, 1).started("run", 1, 0, 1),
                        interrupted,
                        queued.finalReport(1),
                        queued.outcomeRead())
                .map(TrialStory::now);
    }

    /** All events that differ in what they make of these trials. */
    private Stream<TrialEvent> events() {
        return Stream.of(
                new TrialEvent.Dispatched(proposed.dispatchedAgain(), 2),
                new TrialEvent.Ended(proposed.cancelled(FAULT)),
                new TrialEvent.Enqueued(3),
                new TrialEvent.QueueAdvanced(4, 2),
                new TrialEvent.RunStarted("run", 1, 0, 2),
                new TrialEvent.RunStarted("gone", 1, 0, 2),
                new TrialEvent.RunAlive("run", 1, 1, 2),
                new TrialEvent.RunAlive("gone", 1, 1, 2),
                new TrialEvent.RunInterrupted("run", FAULT),
                new TrialEvent.RunInterrupted("gone", FAULT),
                new TrialEvent.RunErrored("run", FAULT),
                new TrialEvent.RunErrored("gone", FAULT),
                new TrialEvent.ToldStuck(2),
                new TrialEvent.TimePassed(2, DEADLINES),
                new TrialEvent.TimePassed(100, DEADLINES),
                new TrialEvent.FinalReport(2),
                new TrialEvent.ReportGone(2, DEADLINES),
                new TrialEvent.ReportGone(100, DEADLINES),
                new TrialEvent.OutcomeRead());
    }

    private Configuration configuration() {
        return study.spec().space().configuration(Map.of("x", 0.5, "kind", "a"));
    }

    private Map<String, Map<Phase, Set<Phase>>> transitions() {
        return events().collect(groupingBy(
                event -> event.getClass().getSimpleName(),
                TreeMap::new,
                flatMapping(
                        event -> trials().map(trial ->
                                Map.entry(trial.phase(), event.applyTo(trial).phase())),
                        groupingBy(
                                Map.Entry::getKey,
                                TreeMap::new,
                                mapping(Map.Entry::getValue, toCollection(TreeSet::new))))));
    }

    private static Map<String, Map<Phase, Set<Phase>>> table() {
        List<List<String>> rows = TABLE.lines()
                .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
                .toList();
        List<String> from = rows.get(0);
        Map<String, Map<Phase, Set<Phase>>> table = new TreeMap<>();
        for (List<String> row : rows.subList(1, rows.size())) {
            Map<Phase, Set<Phase>> cells = new TreeMap<>();
            for (int i = 1; i < row.size(); i++) {
                cells.put(
                        Phase.valueOf(from.get(i)),
                        Arrays.stream(row.get(i).split(",")).map(Phase::valueOf).collect(toCollection(TreeSet::new)));
            }
            table.put(row.get(0), cells);
        }
        return table;
    }

    /** The transitions between two phases, with the events that lead from one to the other. */
    private String diagram() {
        Map<Phase, Map<Phase, Set<String>>> edges = new TreeMap<>();
        transitions()
                .forEach((event, cells) -> cells.forEach((from, targets) -> targets.stream()
                        .filter(to -> to != from)
                        .forEach(to -> edges.computeIfAbsent(from, any -> new TreeMap<>())
                                .computeIfAbsent(to, any -> new TreeSet<>())
                                .add(event))));
        return edges.entrySet().stream()
                .flatMap(from -> from.getValue().entrySet().stream()
                        .map(to -> "    " + name(from.getKey()) + " --> " + name(to.getKey()) + ": "
                                + String.join(", ", to.getValue())))
                .collect(joining("\n"));
    }

    /** The phase's class. */
    private static String name(Phase phase) {
        return Arrays.stream(phase.name().split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(joining());
    }
}
