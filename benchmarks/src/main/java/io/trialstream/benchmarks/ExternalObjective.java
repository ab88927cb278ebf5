package io.trialstream.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trialstream.space.Configuration;
import io.trialstream.space.SearchSpace;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/**
 * An objective that another process computes. It gets one JSON line per question and answers each with one:
 *
 * <pre>
 * {"configuration": {"rate": 0.01, "residual": null}, "seed": 123}
 * {"value": 0.613, "mean": 0.609}
 * </pre>
 *
 * The same seed should give the same value. {@code value} null or absent means that this configuration cannot be
 * evaluated; {@code mean} is what the configuration is worth without noise and may be left out. One question at a time.
 */
public final class ExternalObjective implements Objective, AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SearchSpace space;
    private final boolean maximise;
    private final int evaluations;
    private final OptionalDouble best;
    private final Process process;
    private final BufferedWriter questions;
    private final BufferedReader answers;
    /** Means as answered, by configuration; the value itself where the process told no mean. */
    private final Map<Configuration, Double> means = new HashMap<>();

    private ExternalObjective(
            Process process, SearchSpace space, boolean maximise, int evaluations, OptionalDouble best) {
        this.process = process;
        this.space = space;
        this.maximise = maximise;
        this.evaluations = evaluations;
        this.best = best;
        this.questions = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Starts the process with the shell.
     *
     * @param best the best mean there is; empty if unknown, then regrets are plain means
     */
    public static ExternalObjective start(
            String command, SearchSpace space, boolean maximise, int evaluations, OptionalDouble best) {
        try {
            Process process = new ProcessBuilder("sh", "-c", command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new ExternalObjective(process, space, maximise, evaluations, best);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start '" + command + "'", e);
        }
    }

    @Override
    public String name() {
        return "surrogate";
    }

    @Override
    public SearchSpace space() {
        return space;
    }

    @Override
    public boolean maximise() {
        return maximise;
    }

    @Override
    public int evaluations() {
        return evaluations;
    }

    @Override
    public synchronized double observe(Configuration configuration, RandomGenerator random) {
        Map<String, Object> question = new LinkedHashMap<>();
        question.put("configuration", configuration.values());
        question.put("seed", random.nextInt(Integer.MAX_VALUE));
        try {
            questions.write(JSON.writeValueAsString(question) + "\n");
            questions.flush();
            String line = answers.readLine();
            if (line == null) {
                throw new IllegalStateException("the surrogate process ended without an answer to " + question);
            }
            JsonNode answer = JSON.readTree(line);
            if (!answer.isObject()) {
                throw new IllegalStateException(
                        "the surrogate must answer an object such as {\"value\": 0.6}, not " + line);
            }
            double value = answer.path("value").asDouble(Double.NaN);
            means.put(configuration, answer.path("mean").asDouble(value));
            return value;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the surrogate must answer one line of JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new IllegalStateException("the surrogate process has ended or cannot be started", e);
        }
    }

    @Override
    public synchronized double regret(Configuration configuration) {
        double mean = means.get(configuration);
        double loss = maximise ? -mean : mean;
        return best.isEmpty() ? loss : loss - (maximise ? -best.getAsDouble() : best.getAsDouble());
    }

    /** Ends the process. */
    @Override
    public void close() {
        process.destroy();
    }
}
