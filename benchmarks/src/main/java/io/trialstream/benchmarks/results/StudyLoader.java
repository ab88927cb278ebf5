package io.trialstream.benchmarks.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.trialstream.space.Configuration;
import io.trialstream.space.GridPolicy;
import io.trialstream.space.SearchSpace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Writes studies of the seed's space with finished trials straight into the tables, as the ingest would have left them:
 * nine of ten completed, the others pruned or infeasible. Everything derives from one seed.
 */
final class StudyLoader {
    private static final String TRIALS =
            """
            copy trial (trial_id, study_id, number, state, origin, dispatch, sampler, evidence_watermark, configuration,
                        assignment, configuration_hash, proposed_at, run_id, run_dispatch, trainer_id, started_at,
                        finished_at, epochs, best_epoch, objective, loss, best_metrics, end_metrics, training_millis,
                        reason_code, reason_text, evidence_number, recorded_at, version, created_seq,
                        state_seq, change_seq) from stdin""";
    private static final String RUNS =
            """
            copy run (run_id, trial_id, study_id, dispatch, trainer_id, state, engine, device, total_epochs, last_epoch,
                      started_at, ended_at, outcome) from stdin""";
    private static final String EPOCHS =
            "copy epoch (run_id, epoch, trial_id, metrics, duration_millis, reported_at) from stdin";

    /** Drawing two million would take longer than storing them. */
    private static final int DISTINCT = 50_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Connection connection;
    private final Map<String, Object> studyFile;
    private final Random random = new Random(42);
    private final List<Drawn> pool;

    StudyLoader(Connection connection, Path studyFile) throws IOException {
        this.connection = connection;
        this.studyFile = read(studyFile);
        SearchSpace space = SearchSpace.read(this.studyFile.get("space"), GridPolicy.EXACT);
        this.pool = IntStream.range(0, DISTINCT)
                .mapToObj(i -> Drawn.of(space.sample(random)))
                .toList();
    }

    /** A configuration in its stored forms. */
    private record Drawn(String configuration, String assignment, String hash) {
        static Drawn of(Configuration drawn) {
            return new Drawn(json(drawn.values()), json(drawn.assignment().values()), drawn.key());
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> read(Path file) throws IOException {
        return new ObjectMapper(new YAMLFactory()).readValue(file.toFile(), Map.class);
    }

    /** A trial as made up. */
    private record Made(
            int number, String state, String configuration, String assignment, String hash, double accuracy) {}

    /** Loads one study; the first trials get epochs. */
    void load(String studyId, int trials, int withEpochs) throws SQLException {
        study(studyId, trials);
        PGConnection postgres = connection.unwrap(PGConnection.class);
        CopyIn rows = postgres.getCopyAPI().copyIn(TRIALS);
        long evidence = 0;
        StringBuilder runs = new StringBuilder();
        StringBuilder epochs = new StringBuilder();
        for (int number = 0; number < trials; number++) {
            Made made = make(number);
            write(rows, row(studyId, made, ++evidence));
            if (number < withEpochs) {
                runs.append(run(studyId, made));
                epochs.append(epochs(studyId, made));
            }
        }
        rows.endCopy();
        copy(postgres, RUNS, runs);
        copy(postgres, EPOCHS, epochs);
    }

    private void study(String studyId, int trials) throws SQLException {
        Map<String, Object> file = new LinkedHashMap<>(studyFile);
        file.put("name", studyId);
        file.put("budget", Map.of("trials", trials));
        file.remove("pruner");
        try (PreparedStatement insert = connection.prepareStatement(
                """
                insert into study (study_id, name, state, objective_metric, maximize, spec, revision, created_at, budget)
                values (?, ?, 'COMPLETED', 'fine_accuracy', true, ?, 1, now(), ?)""")) {
            insert.setString(1, studyId);
            insert.setString(2, studyId);
            insert.setString(3, json(file));
            insert.setString(4, json(file.get("budget")));
            insert.executeUpdate();
        }
    }

    private Made make(int number) {
        Drawn drawn = pool.get(random.nextInt(pool.size()));
        double luck = random.nextDouble();
        String state = luck < 0.9 ? "COMPLETED" : luck < 0.97 ? "PRUNED" : "INFEASIBLE";
        double accuracy = Math.rint(5000 * Math.max(0.01, 0.45 + 0.08 * random.nextGaussian())) / 5000;
        return new Made(number, state, drawn.configuration(), drawn.assignment(), drawn.hash(), accuracy);
    }

    private String row(String studyId, Made made, long evidence) {
        boolean ran = !made.state().equals("INFEASIBLE");
        String at = "2026-01-01 00:00:00Z";
        return String.join(
                        "\t",
                        studyId + ":" + made.number(),
                        studyId,
                        "" + made.number(),
                        made.state(),
                        made.number() < 20 ? "STARTUP" : "MODEL",
                        "1",
                        "tree-tpe/1",
                        "" + Math.max(0, evidence - 8),
                        made.configuration(),
                        made.assignment(),
                        made.hash(),
                        at,
                        runId(studyId, made),
                        "1",
                        "trainer-" + made.number() % 8,
                        at,
                        at,
                        ran ? "100" : "0",
                        ran ? "87" : "0",
                        ran ? "" + made.accuracy() : "\\N",
                        ran ? "" + -made.accuracy() : "\\N",
                        ran ? metrics(made.accuracy()) : "{}",
                        ran ? metrics(made.accuracy() - 0.01) : "{}",
                        "" + (60_000 + made.number() % 1_000),
                        ran ? "\\N" : "NON_FINITE_LOSS",
                        ran ? "\\N" : "the loss was not finite",
                        "" + evidence,
                        at,
                        "3",
                        "" + (3L * made.number() + 1),
                        "" + (3L * made.number() + 3),
                        "" + (3L * made.number() + 3))
                + "\n";
    }

    private static String run(String studyId, Made made) {
        return String.join(
                        "\t",
                        runId(studyId, made),
                        studyId + ":" + made.number(),
                        studyId,
                        "1",
                        "trainer-" + made.number() % 8,
                        "FINISHED",
                        "dl4j",
                        "cpu",
                        "100",
                        "100",
                        "2026-01-01 00:00:00Z",
                        "2026-01-01 00:01:00Z",
                        made.state())
                + "\n";
    }

    private static String epochs(String studyId, Made made) {
        StringBuilder rows = new StringBuilder();
        for (int epoch = 1; epoch <= 100; epoch++) {
            rows.append(String.join(
                            "\t",
                            runId(studyId, made),
                            "" + epoch,
                            studyId + ":" + made.number(),
                            metrics(made.accuracy() * epoch / 100),
                            "600",
                            "2026-01-01 00:00:00Z"))
                    .append('\n');
        }
        return rows.toString();
    }

    /** The sums that the ingest keeps. */
    void sum() throws SQLException {
        execute(
                """
                update study s set
                    completed = t.completed, pruned = t.pruned, infeasible = t.infeasible, evidence_count = t.evidence,
                    change_seq = t.changes,
                    (best_number, best_objective) = (select number, objective from trial b
                        where b.study_id = s.study_id and state = 'COMPLETED' and loss is not null
                        order by loss, number limit 1)
                from (select study_id, max(evidence_number) as evidence, max(change_seq) as changes,
                        count(*) filter (where state = 'COMPLETED') as completed,
                        count(*) filter (where state = 'PRUNED') as pruned,
                        count(*) filter (where state = 'INFEASIBLE') as infeasible
                    from trial group by study_id) t
                where t.study_id = s.study_id""");
    }

    /** Takes away what makes writing slow, until {@link #index}. */
    void unindex() throws SQLException {
        for (String statement : new String[] {
            "drop index if exists trial_by_change, trial_by_loss, trial_by_rare_state",
            "alter table trial drop constraint if exists trial_study_id_number_key",
            "alter table trial drop constraint if exists trial_study_id_evidence_number_key"
        }) {
            execute(statement);
        }
    }

    /** Makes the indexes again, as the migrations did. */
    void index() throws SQLException {
        for (String statement : new String[] {
            "alter table trial add constraint trial_study_id_number_key unique (study_id, number)",
            "alter table trial add constraint trial_study_id_evidence_number_key unique (study_id, evidence_number)",
            "create index trial_by_change on trial (study_id, change_seq)",
            "create index trial_by_loss on trial (study_id, state, loss, number) where loss is not null",
            "create index trial_by_rare_state on trial (study_id, state, number)"
                    + " where state in ('QUEUED', 'RUNNING', 'INFEASIBLE', 'FAILED', 'CANCELLED')"
        }) {
            execute(statement);
        }
    }

    private void execute(String statement) throws SQLException {
        try (Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    /** Tells the planner what there is. */
    void analyze() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("vacuum analyze");
        }
    }

    private static String runId(String studyId, Made made) {
        return studyId + "-" + made.number() + "-run";
    }

    private static String metrics(double accuracy) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (String prefix : new String[] {"", "train_"}) {
            metrics.put(prefix + "fine_accuracy", accuracy);
            metrics.put(prefix + "coarse_accuracy", accuracy + 0.1);
            metrics.put(prefix + "fine_top5_accuracy", accuracy + 0.2);
            metrics.put(prefix + "loss", 4 - 3 * accuracy);
            metrics.put(prefix + "fine_loss", 3.5 - 3 * accuracy);
            metrics.put(prefix + "coarse_loss", 2.5 - 3 * accuracy);
        }
        return json(metrics);
    }

    private static void copy(PGConnection postgres, String command, StringBuilder rows) throws SQLException {
        CopyIn copy = postgres.getCopyAPI().copyIn(command);
        write(copy, rows.toString());
        copy.endCopy();
    }

    private static void write(CopyIn copy, String text) throws SQLException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
