package io.trialstream.results.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.trialstream.results.read.StudyRow;
import io.trialstream.results.store.EpochEntity;
import io.trialstream.results.store.JsonText;
import io.trialstream.results.store.RunEntity;
import io.trialstream.results.store.TrialEntity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Rows as readers see them. */
public final class Views {

    private Views() {}

    /** A study as lists show it. */
    public static Study listed(StudyRow row) {
        return study(row, Optional.empty(), Optional.empty());
    }

    /** A study with its study file, and what it waits for. */
    static Study detailed(StudyRow row, Map<String, Object> file, Optional<Waiting> waitingFor) {
        return study(row, waitingFor, Optional.of(file));
    }

    static Map<String, Object> budget(StudyRow row) {
        return JsonText.object(row.budget());
    }

    private static Study study(StudyRow row, Optional<Waiting> waitingFor, Optional<Map<String, Object>> file) {
        return new Study(
                row.studyId(),
                row.name(),
                row.state(),
                row.reason(),
                waitingFor,
                new Study.Objective(row.objective().metric(), direction(row)),
                budget(row),
                counts(row.counts()),
                row.best()
                        .map(best ->
                                new Study.Best(row.studyId() + ":" + best.number(), best.number(), best.objective())),
                row.evidenceCount(),
                row.trainingMillis() / 1000.0,
                row.changeSeq(),
                row.createdAt(),
                row.orphaned(),
                file,
                Optional.empty());
    }

    static String direction(StudyRow row) {
        return row.objective().direction().name().toLowerCase(Locale.ROOT);
    }

    private static Study.Counts counts(StudyRow.Counts row) {
        return new Study.Counts(
                row.queued(),
                row.running(),
                row.completed(),
                row.pruned(),
                row.infeasible(),
                row.failed(),
                row.cancelled(),
                row.imported(),
                row.counted());
    }

    static Trial detailed(TrialEntity row, List<RunEntity> runs, Optional<Artifacts> artifacts) {
        return new Trial(
                row.trialId,
                row.studyId,
                row.number,
                row.state,
                row.origin,
                Optional.ofNullable(row.retrainOf),
                row.dispatch,
                Optional.ofNullable(row.objective),
                Optional.of(row.bestEpoch).filter(epoch -> epoch > 0),
                row.epochs,
                JsonText.object(row.configuration),
                JsonText.metrics(row.bestMetrics),
                JsonText.metrics(row.endMetrics),
                row.reason(),
                Optional.ofNullable(row.trainerId),
                row.proposedAt,
                Optional.ofNullable(row.startedAt),
                Optional.ofNullable(row.finishedAt),
                Optional.ofNullable(row.trainingMillis).map(millis -> millis / 1000.0),
                row.duplicateReports,
                Optional.ofNullable(row.evidenceNumber),
                row.sampler,
                Optional.of(runs.stream().map(run -> run(run, row)).toList()),
                artifacts.map(Artifacts::items));
    }

    private static TrialRun run(RunEntity row, TrialEntity trial) {
        boolean stands = trial.standingRun().filter(row.runId::equals).isPresent();
        return new TrialRun(
                row.runId,
                row.dispatch,
                row.trainerId,
                row.state,
                stands,
                Optional.ofNullable(row.engine),
                Optional.ofNullable(row.device),
                Optional.ofNullable(row.deliveryCount),
                Optional.ofNullable(row.totalEpochs),
                row.lastEpoch,
                Optional.ofNullable(row.resumedRunId).map(from -> new TrialRun.ResumedFrom(from, row.resumedEpoch)),
                Optional.ofNullable(row.startedAt),
                Optional.ofNullable(row.endedAt),
                row.reason(),
                Optional.ofNullable(row.blueprint).map(JsonText::tree).map(Views::network));
    }

    private static TrialRun.Network network(JsonNode blueprint) {
        List<TrialRun.Layer> layers = new ArrayList<>();
        blueprint
                .path("layers")
                .forEach(layer -> layers.add(new TrialRun.Layer(
                        layer.path("name").asText(),
                        layer.path("type").asText(),
                        shape(layer.path("outputShape")),
                        layer.path("parameters").asLong())));
        return new TrialRun.Network(
                shape(blueprint.path("inputShape")),
                blueprint.path("parameters").asLong(),
                blueprint.path("trainableParameters").asLong(),
                layers);
    }

    private static List<Integer> shape(JsonNode sizes) {
        List<Integer> shape = new ArrayList<>();
        sizes.forEach(size -> shape.add(size.asInt()));
        return shape;
    }

    static Curve.Point point(EpochEntity row) {
        return new Curve.Point(
                row.epoch, row.runId, JsonText.metrics(row.metrics), row.durationMillis / 1000.0, row.reason());
    }
}
