package io.trialstream.suggester.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trialstream.contracts.ImportedResult;
import io.trialstream.contracts.MessageCodec;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.TrialState;
import io.trialstream.contracts.study.CnnTraining;
import io.trialstream.contracts.study.Protocol;
import io.trialstream.contracts.study.StoredForm;
import io.trialstream.contracts.study.StudySpec;
import io.trialstream.rest.ProblemDetail.FieldError;
import io.trialstream.space.Configuration;
import io.trialstream.space.InvalidConfigurationException;
import io.trialstream.space.Sha256;
import io.trialstream.suggester.command.ImportedEvidence;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Checks a file's trials against a study, all of them, and keeps those that are evidence. Confined to one thread. */
final class ImportCheck {
    private static final ObjectMapper MAPPER = MessageCodec.newMapper();
    private static final double TOLERANCE = 1e-9;

    private final StudySpec spec;
    private final ImportFormat format;
    private final Clock clock;
    private final List<Checked> checked = new ArrayList<>();
    private final List<FieldError> errors = new ArrayList<>();
    private int faulty;

    /**
     * A trial that passed.
     *
     * @param place where it is in the file
     * @param state where it stood
     * @param evidence what is to be imported; empty where the state is no evidence
     * @param hasHistory whether the file has its epochs
     */
    record Checked(String place, TrialState state, Optional<ImportedEvidence> evidence, boolean hasHistory) {}

    ImportCheck(StudySpec spec, ImportFormat format, Clock clock) {
        this.spec = spec;
        this.format = format;
        this.clock = clock;
    }

    void check(ImportFile.Entry entry) {
        FieldReader fields = new FieldReader(entry.place());
        entry.fault().ifPresent(fault -> fields.problem("", "UNREADABLE", fault));
        entry.tree().ifPresent(tree -> check(entry.place(), tree, fields));
        errors.addAll(fields.errors());
        faulty += fields.errors().isEmpty() ? 0 : 1;
    }

    /** Those that passed, in the order of the file. */
    List<Checked> checked() {
        return checked;
    }

    /** What is wrong with the others. */
    List<FieldError> errors() {
        return errors;
    }

    /** How many did not pass. */
    int faulty() {
        return faulty;
    }

    private void check(String place, JsonNode tree, FieldReader fields) {
        StoredForm.check(
                "",
                tree,
                StoredForm.MOST_LEVELS + 1,
                problem -> fields.problem(problem.path(), problem.code(), problem.message()));
        ImportedTrial trial = format.trial(tree, fields);
        if (fields.errors().isEmpty() && !(trial.state().isEvidence() && format.isEvidence(tree))) {
            checked.add(new Checked(place, trial.state(), Optional.empty(), false));
            return;
        }
        boolean hasHistory = !format.history(tree, fields).isEmpty();
        protocol(trial, fields);
        Optional<Double> objective = objective(trial, fields);
        Optional<Configuration> configuration = configuration(trial, fields);
        if (fields.errors().isEmpty()) {
            ImportedResult result = result(trial, configuration.orElseThrow(), objective);
            checked.add(new Checked(
                    place,
                    trial.state(),
                    Optional.of(new ImportedEvidence(configuration.orElseThrow(), result, trial.exportedAs())),
                    hasHistory));
        }
    }

    private void protocol(ImportedTrial trial, FieldReader fields) {
        Optional<Protocol> expected =
                spec.training() instanceof CnnTraining cnn ? Optional.of(cnn.protocol()) : Optional.empty();
        if (!trial.protocol().equals(expected)) {
            fields.problem(
                    "protocol",
                    "PROTOCOL_MISMATCH",
                    "the study's protocol is " + named(expected) + ", the trial's is " + named(trial.protocol())
                            + ": their figures cannot be compared");
        }
    }

    private static String named(Optional<Protocol> protocol) {
        return protocol.map(name -> name.name().toLowerCase(Locale.ROOT)).orElse("none");
    }

    private Optional<Double> objective(ImportedTrial trial, FieldReader fields) {
        String metric = spec.objective().metric();
        Optional<Double> objective = trial.objectiveOf(metric);
        if (objective.isEmpty() && trial.state() == TrialState.COMPLETED) {
            fields.problem("objective", "MISSING_FIELD", "there is no value of the study's metric '" + metric + "'");
        }
        Double best = trial.best().get(metric);
        if (objective.isPresent() && best != null && Math.abs(objective.get() - best) > TOLERANCE * Math.abs(best)) {
            fields.invalid("objective", "must be the best value of '" + metric + "', which is " + best);
        }
        return objective;
    }

    private Optional<Configuration> configuration(ImportedTrial trial, FieldReader fields) {
        try {
            return Optional.of(spec.space().configuration(trial.configuration()));
        } catch (InvalidConfigurationException e) {
            e.problems()
                    .forEach(problem -> fields.problem(
                            trial.configurationField() + problem.path().replaceFirst("^values", ""),
                            problem.code(),
                            problem.message()));
            return Optional.empty();
        }
    }

    private ImportedResult result(ImportedTrial trial, Configuration configuration, Optional<Double> objective) {
        Optional<Reason> reason = trial.state() == TrialState.COMPLETED
                ? trial.reason()
                : trial.reason().or(() -> Optional.of(new Reason("IMPORTED", "it was imported as " + trial.state())));
        return new ImportedResult(
                contentHash(trial, configuration, objective),
                trial.source(),
                UUID.randomUUID().toString(),
                trial.state(),
                objective,
                trial.epochs(),
                trial.bestEpoch(),
                trial.best(),
                trial.end(),
                trial.trainingTime(),
                reason,
                trial.finishedAt().orElseGet(clock::instant));
    }

    /** Of what the sampler and readers see; the history, which is optional, and the file's name do not count. */
    private static String contentHash(ImportedTrial trial, Configuration configuration, Optional<Double> objective) {
        List<Object> content = List.of(
                trial.source(),
                configuration.key(),
                trial.state(),
                objective,
                trial.epochs(),
                new TreeMap<>(trial.best()),
                new TreeMap<>(trial.end()),
                trial.trainingTime());
        try {
            return Sha256.hex(MAPPER.writeValueAsBytes(content));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records have a JSON form", e);
        }
    }
}
