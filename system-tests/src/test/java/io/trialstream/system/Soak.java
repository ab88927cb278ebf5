package io.trialstream.system;

import io.trialstream.cli.client.TrialstreamClient;
import io.trialstream.cli.verify.Verification;
import io.trialstream.contracts.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Many short trials through many slots, with or without kills, started by {@code benchmarks/faults/soak}. Settings are
 * system properties: {@code soak.trials}, {@code soak.trainers}, {@code soak.slots} (of each), {@code soak.epoch-ms},
 * {@code soak.sampler}, {@code soak.lookahead}, {@code soak.kill-every-s} (0 for never), {@code soak.victims} (who
 * is killed: any of trainer, suggester, results), {@code soak.outage-s} (the broker, then the database, are away for so
 * long; 0 for never).
 */
final class Soak {
    private static final Duration PROGRESS = Duration.ofSeconds(30);

    private final int trials = Integer.getInteger("soak.trials", 10_000);
    private final int slots = Integer.getInteger("soak.slots", 8);
    private final int epochMillis = Integer.getInteger("soak.epoch-ms", 20);
    private final int lookahead = Integer.getInteger("soak.lookahead", 0);
    private final String sampler = System.getProperty("soak.sampler", "random");
    private final long killEvery = Integer.getInteger("soak.kill-every-s", 10);
    private final List<String> victims = List.of(
            System.getProperty("soak.victims", "trainer,suggester,results").split(","));
    private final int outage = Integer.getInteger("soak.outage-s", 0);
    private final Random random = new Random(42);
    private final List<Child> trainers = new ArrayList<>();
    private final Cluster cluster = Cluster.start(List.of(
            "-Dtrialstream.suggester.lookahead=" + lookahead, "-Dtrialstream.suggester.concurrency-ceiling=1000"));
    private int kills;

    private Soak() {}

    /** Runs once and prints what it saw. */
    public static void main(String[] arguments) {
        Soak soak = new Soak();
        boolean agrees;
        try (Cluster cluster = soak.cluster) {
            agrees = soak.run(Integer.getInteger("soak.trainers", 4));
        }
        System.exit(agrees ? 0 : 1);
    }

    /** Whether in the end ledger, rows, outcomes, export and leaderboard agree. */
    private boolean run(int count) {
        trainers.addAll(
                Stream.generate(() -> cluster.trainer(slots)).limit(count).toList());
        trainers.forEach(Child::awaitReady);
        String study = cluster.api().create(file());
        Point begin = new Point(0, System.nanoTime(), cluster.cpu());
        long begun = begin.nanos();
        long nextKill = begun + untilNextKill();
        if (outage > 0) {
            outage(cluster.broker());
            outage(cluster.database());
        }
        long nextLine = begun;
        Optional<Point> half = Optional.empty();
        while (!isCompleted(study)) {
            Child.pause(Duration.ofMillis(500));
            if (half.isEmpty() && killEvery == 0 && outage == 0) {
                half = Optional.of(cluster.api().count(study, "completed"))
                        .filter(completed -> completed >= trials / 2)
                        .map(completed -> new Point(completed, System.nanoTime(), cluster.cpu()));
            }
            if (System.nanoTime() > nextLine) {
                System.out.println(progress(study, Duration.ofNanos(System.nanoTime() - begun)));
                nextLine += PROGRESS.toNanos();
            }
            if (killEvery > 0 && System.nanoTime() > nextKill) {
                killOne();
                nextKill += untilNextKill();
            }
        }
        Point end = new Point(trials, System.nanoTime(), cluster.cpu());
        Map<String, Object> seen = new TreeMap<>();
        put(seen, "", begin, end);
        half.ifPresent(point -> put(seen, "secondHalf.", point, end));
        show(study, seen);
        return verify(study);
    }

    private boolean verify(String study) {
        try (Verification verification = new Verification(cluster.connection(), new TrialstreamClient(cluster.url()))) {
            List<Verification.Verdict> verdicts = verification.of(List.of(study), Duration.ofMinutes(1));
            verdicts.forEach(verdict -> {
                System.out.printf(
                        Locale.ROOT,
                        "%-40s %d%n",
                        "differences",
                        verdict.differences().size());
                verdict.differences().forEach(System.out::println);
            });
            return verdicts.stream().allMatch(Verification.Verdict::agrees);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Where a study stood at a time. From half of its trials on, the JVMs are warm. */
    private record Point(int completed, long nanos, Map<String, Duration> cpu) {}

    /** Half to one and a half of the setting, so that kills fall into each phase of a start; in nanoseconds. */
    private long untilNextKill() {
        return (long) (killEvery * 1e9 * (0.5 + random.nextDouble()));
    }

    private boolean isCompleted(String study) {
        try {
            return cluster.api().get("/studies/" + study).get("state").asText().equals("COMPLETED");
        } catch (RuntimeException | AssertionError e) {
            return false;
        }
    }

    private String progress(String study, Duration since) {
        String completed;
        try {
            completed = cluster.api().count(study, "completed") + " completed";
        } catch (RuntimeException | AssertionError e) {
            completed = "results do not answer";
        }
        return since.toSeconds() + " s: " + completed + ", " + kills + " kills";
    }

    private void outage(Child child) {
        Child.pause(Duration.ofSeconds(5));
        child.terminate();
        child.awaitEnd(Duration.ofSeconds(60));
        Child.pause(Duration.ofSeconds(outage));
        child.start().awaitReady();
        System.out.println(child.name() + " was away for " + outage + " s");
    }

    /** Kills one of those that may be killed, and starts it again. */
    private void killOne() {
        int victim =
                random.nextInt(victims.contains("trainer") ? trainers.size() + victims.size() - 1 : victims.size());
        kills++;
        if (victim < victims.size() && !victims.get(victim).equals("trainer")) {
            Child service = victims.get(victim).equals("results") ? cluster.results() : cluster.suggester();
            service.kill();
            service.start();
        } else {
            int trainer = random.nextInt(trainers.size());
            trainers.get(trainer).kill();
            trainers.set(trainer, cluster.trainer(slots));
        }
    }

    private void show(String study, Map<String, Object> seen) {
        cluster.results().awaitReady();
        Runs runs = Runs.of(cluster.connection(), study);
        List<Duration> idle = runs.idleTimes();
        seen.put("trials", trials);
        seen.put("sampler", sampler);
        seen.put("lookahead", lookahead);
        seen.put("slots", trainers.size() * slots);
        seen.put("epochMillis", epochMillis);
        seen.put("kills", kills);
        seen.put("resultToNextBeginMillisP50", idle.get(idle.size() / 2).toMillis());
        seen.put(
                "resultToNextBeginMillisP99",
                idle.get((int) (idle.size() * 0.99)).toMillis());
        long ended = runs.outcomes().stream().map(Outcome::number).distinct().count();
        seen.put("lost", trials - ended);
        seen.put("notStored", trials - cluster.api().count(study, "completed"));
        seen.put("doubledOutcomes", runs.outcomes().stream().distinct().count() - ended);
        seen.put("trainedTwice", runs.trainedTwice());
        seen.put("runsBeyondOne", runs.runsBeyondOne());
        seen.forEach((key, value) -> System.out.printf(Locale.ROOT, "%-40s %s%n", key, value));
    }

    /** The rate and, where nothing was killed or stopped, the processor time from one point to another. */
    private void put(Map<String, Object> seen, String prefix, Point from, Point to) {
        double seconds = (to.nanos() - from.nanos()) / 1e9;
        int count = to.completed() - from.completed();
        seen.put(prefix + "seconds", seconds);
        seen.put(prefix + "trialsPerSecond", count / seconds);
        if (kills == 0 && outage == 0) {
            Map<String, Double> cpu = new TreeMap<>();
            to.cpu()
                    .forEach((kind, used) ->
                            cpu.put(kind, used.minus(from.cpu().get(kind)).toMillis() / (double) count));
            cpu.forEach((kind, millis) -> seen.put(prefix + "cpuMillisPerTrial." + kind, millis));
            seen.put(
                    prefix + "cpuMillisPerTrial",
                    cpu.values().stream().mapToDouble(Double::doubleValue).sum());
        }
    }

    private String file() {
        return """
                name: soak
                objective: { metric: objective, direction: maximize }
                sampler: { type: %s, seed: 42 }
                budget: { trials: %d }
                training: { workload: sleep, epochs: 1, epochDuration: PT%sS }
                space:
                  lr: { loguniform: [-5, 0] }
                  units: { quniform: [10, 100, 10] }
                  optimizer: { choice: [adam, sgd] }
                """
                .formatted(sampler, trials, String.format(Locale.ROOT, "%.3f", epochMillis / 1e3));
    }
}
