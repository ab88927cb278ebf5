package io.trialstream.benchmarks.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trialstream.infrastructure.DatabaseAccess;
import io.trialstream.infrastructure.Directories;
import io.trialstream.infrastructure.EmbeddedBroker;
import io.trialstream.infrastructure.EmbeddedDatabase;
import io.trialstream.infrastructure.FreePorts;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the results service over a large database; prints tables in Markdown. */
@Command(name = "bench-results", mixinStandardHelpOptions = true, description = "Speed of the results service.")
public final class ResultsBench implements Callable<Integer> {
    private static final String BIG = "million";
    private static final String BY_METRIC = "/leaderboard?orderBy=best.fine_loss%20asc";
    private static final int WARM_UP_SECONDS = 30;

    @Option(
            names = "--what",
            split = ",",
            defaultValue = "read,plans",
            description = "read, plans, schema, ingest, serve (until interrupted)")
    private List<String> what;

    @Option(names = "--data-dir", required = true, description = "The database lives here and is used again.")
    private Path dataDirectory;

    @Option(names = "--trials", defaultValue = "1000000", description = "Trials of the large study.")
    private int trials;

    @Option(names = "--studies", defaultValue = "1000", description = "Small studies beside it.")
    private int studies;

    @Option(names = "--study-trials", defaultValue = "1000", description = "Trials of each small study.")
    private int studyTrials;

    @Option(names = "--rate", defaultValue = "200", description = "Requests a second.")
    private int rate;

    @Option(names = "--seconds", defaultValue = "20", description = "How long each kind of request is sent.")
    private int seconds;

    @Option(names = "--jar", defaultValue = "results-service/target/quarkus-app/quarkus-run.jar")
    private Path jar;

    @Option(names = "--java-option", description = "An option for the service's JVM; may be repeated.")
    private List<String> javaOptions = List.of();

    @Option(names = "--study-file", defaultValue = "studies/cifar100-seed.yaml")
    private Path studyFile;

    /** Runs the command. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ResultsBench()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Files.createDirectories(dataDirectory);
        // Taking in is measured with commits that wait for the disk; what is only read is loaded faster without.
        EmbeddedDatabase.Durability durability =
                what.contains("ingest") ? EmbeddedDatabase.Durability.FULL : EmbeddedDatabase.Durability.PROCESS_ONLY;
        // A new database over the topics of an earlier run would take that run's records in as well.
        Path topics = Files.createTempDirectory(dataDirectory, "broker-");
        try (EmbeddedDatabase database =
                        EmbeddedDatabase.start(dataDirectory.resolve("database"), FreePorts.one(), durability);
                EmbeddedBroker broker = EmbeddedBroker.start(topics)) {
            if (what.contains("ingest")) {
                ingest(database, broker);
            }
            if (what.stream().anyMatch(List.of("read", "plans", "schema", "serve")::contains)) {
                overLargeDatabase(database, broker);
            }
        } finally {
            Directories.delete(topics);
        }
        return 0;
    }

    private void overLargeDatabase(EmbeddedDatabase database, EmbeddedBroker broker) throws Exception {
        DatabaseAccess access = database.createDatabase("bench");
        try (ServiceProcess service = ServiceProcess.start(
                        jar, javaOptions, broker.bootstrapServers(), access, dataDirectory.resolve("results.log"));
                Connection connection = access.connect()) {
            load(connection);
            long order = keepOrder(service, connection);
            Plans plans = new Plans(connection, BIG, trials, order);
            if (what.contains("plans")) {
                plans.print();
            }
            if (what.contains("schema")) {
                new SchemaComparison(connection, BIG).print();
            }
            if (what.contains("read")) {
                read(service);
                plans.bareTimes(rate * seconds);
            }
            if (what.contains("serve")) {
                System.out.println("http://127.0.0.1:" + service.port() + "/api/v1/studies/" + BIG);
                Thread.sleep(Long.MAX_VALUE);
            }
        }
    }

    private void load(Connection connection) throws SQLException, IOException {
        if (count(connection, "select count(*) from study where completed > 0") > 0) {
            return;
        }
        StudyLoader loader = new StudyLoader(connection, studyFile);
        long start = System.nanoTime();
        loader.unindex();
        loader.load(BIG, trials, Math.min(trials, 1_000));
        for (int i = 0; i < studies; i++) {
            loader.load(String.format(Locale.ROOT, "study-%04d", i), studyTrials, 0);
        }
        loader.index();
        loader.sum();
        loader.analyze();
        System.out.printf(
                Locale.ROOT,
                "loaded %d trials in %.0f s; the tables have %d MB%n",
                trials + studies * studyTrials,
                (System.nanoTime() - start) / 1e9,
                count(connection, "select pg_database_size(current_database()) / 1048576"));
    }

    /** Asks for an order that is not kept yet, waits until it is, and says how long both took. */
    private long keepOrder(ServiceProcess service, Connection connection) throws Exception {
        String kept = "select coalesce(max(order_id), -1) from metric_order where study_id = '" + BIG
                + "' and name = 'best.fine_loss' and complete";
        long start = System.nanoTime();
        if (count(connection, kept) < 0) {
            tree(service, "/api/v1/studies/" + BIG + BY_METRIC + "&fields=number");
            System.out.printf(Locale.ROOT, "by another metric, sorted: %.1f s", (System.nanoTime() - start) / 1e9);
            while (count(connection, kept) < 0) {
                Thread.sleep(100);
            }
            System.out.printf(Locale.ROOT, "; its order is kept after %.1f s%n", (System.nanoTime() - start) / 1e9);
        }
        return count(connection, kept);
    }

    private void read(ServiceProcess service) throws Exception {
        String study = "/api/v1/studies/" + BIG;
        List<String> byNumber = tokens(service, study + "/trials?fields=number&pageSize=1000");
        List<String> byObjective =
                tokens(service, study + "/trials?fields=number&pageSize=1000&orderBy=objective%20desc");
        List<String> byMetric =
                tokens(service, study + "/trials?fields=number&pageSize=1000&orderBy=best.fine_loss%20asc");
        List<String> ofStudies = tokens(service, "/api/v1/studies?pageSize=100");
        Random random = new Random(7);
        int[] draws = random.ints(1 << 16, 0, Integer.MAX_VALUE).toArray();
        System.out.printf(
                "%n| request, %d a second | count | p50 ms | p90 | p99 | max | kB each | failures | CPU ms each,"
                        + " service | database |%n",
                rate);
        System.out.println("|---|---|---|---|---|---|---|---|---|---|");
        warmUp(service, study);
        measure(service, "leaderboard, top 100", i -> study + "/leaderboard?limit=100");
        measure(
                service,
                "leaderboard, top 100, 5 fields",
                i -> study + "/leaderboard?limit=100&fields=trialId,number,objective,epochs,configuration.optimizer");
        measure(
                service,
                "trials by number, page of 100 at any depth",
                i -> study + "/trials?pageSize=100&pageToken=" + byNumber.get(draws[i] % byNumber.size()));
        measure(
                service,
                "trials by objective, page of 100 at any depth",
                i -> study + "/trials?pageSize=100&orderBy=objective%20desc&pageToken="
                        + byObjective.get(draws[i] % byObjective.size()));
        measure(service, "leaderboard by another metric, top 100", i -> study + BY_METRIC + "&limit=100");
        measure(
                service,
                "trials by another metric, page of 100 at any depth",
                i -> study + "/trials?pageSize=100&orderBy=best.fine_loss%20asc&pageToken="
                        + byMetric.get(draws[i] % byMetric.size()));
        measure(
                service,
                "leaderboard of one of the small studies, top 100",
                i -> "/api/v1/studies/study-" + String.format(Locale.ROOT, "%04d", draws[i] % studies)
                        + "/leaderboard?limit=100");
        measure(service, "studies, first 100 with counts", i -> "/api/v1/studies?pageSize=100");
        measure(
                service,
                "studies, page of 100 at any depth",
                i -> "/api/v1/studies?pageSize=100&pageToken=" + ofStudies.get(draws[i] % ofStudies.size()));
        measure(service, "study", i -> study);
        measure(service, "history", i -> study + "/history");
        measure(service, "trial with its runs", i -> "/api/v1/trials/" + BIG + ":" + draws[i] % 1_000);
        measure(service, "curve of 100 epochs", i -> "/api/v1/trials/" + BIG + ":" + draws[i] % 1_000 + "/curve");
    }

    /** A service that has just started compiles its code on the processors that are to be measured. */
    private void warmUp(ServiceProcess service, String study) throws Exception {
        List<String> paths = List.of(
                study + "/leaderboard?limit=100",
                study + BY_METRIC + "&limit=100",
                study + "/trials?pageSize=100",
                study + "/trials?pageSize=100&orderBy=objective%20desc",
                "/api/v1/studies?pageSize=100",
                study,
                "/api/v1/trials/" + BIG + ":1");
        new HttpLoad(service.port()).run(i -> paths.get(i % paths.size()), rate, rate * WARM_UP_SECONDS);
    }

    private void measure(ServiceProcess service, String name, IntFunction<String> path) throws Exception {
        HttpLoad load = new HttpLoad(service.port());
        load.run(path, rate, rate * 3);
        CpuTimes before = cpu(service);
        HttpLoad.Result result = load.run(path, rate, rate * seconds);
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %d | %d | %s |%n",
                name,
                result.times().cells(),
                result.bytes() / 1024 / result.times().count(),
                result.failures(),
                cpu(service).cellsSince(before, result.times().count()));
    }

    private CpuTimes cpu(ServiceProcess service) throws IOException {
        return CpuTimes.now(service, dataDirectory.resolve("database"));
    }

    /** The tokens of all pages but the first, up to a thousand. */
    private static List<String> tokens(ServiceProcess service, String list) throws IOException {
        List<String> tokens = new ArrayList<>();
        String page = list;
        while (page != null && tokens.size() < 1_000) {
            JsonNode answer = tree(service, page);
            String token = answer.path("nextPageToken").asText("");
            if (!token.isEmpty()) {
                tokens.add(token);
            }
            page = token.isEmpty() ? null : list + "&pageToken=" + token;
        }
        return tokens;
    }

    private static JsonNode tree(ServiceProcess service, String path) throws IOException {
        try (InputStream answer =
                URI.create("http://127.0.0.1:" + service.port() + path).toURL().openStream()) {
            return new ObjectMapper().readTree(answer);
        }
    }

    private void ingest(EmbeddedDatabase database, EmbeddedBroker broker) throws Exception {
        String name = "ingest_" + Long.toHexString(System.currentTimeMillis());
        DatabaseAccess access = database.createDatabase(name);
        try (ServiceProcess service = ServiceProcess.start(
                        jar, javaOptions, broker.bootstrapServers(), access, dataDirectory.resolve("ingest.log"));
                Connection connection = access.connect()) {
            new IngestLoad(broker.bootstrapServers(), connection, studyFile, () -> cpu(service))
                    .run(Math.min(trials, 10_000), Math.min(trials, 60_000));
        }
    }

    static long count(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
