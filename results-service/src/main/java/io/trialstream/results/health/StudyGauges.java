package io.trialstream.results.health;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.trialstream.contracts.TrialState;
import io.trialstream.results.ResultsSettings;
import io.trialstream.results.ingest.IngestState;
import io.trialstream.results.ingest.IngestStatus;
import io.trialstream.results.store.StudyEntity;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import org.jboss.logging.Logger;

/**
 * Gauges per study: trials by state and the best objective. Only a limited number of studies have gauges, running ones
 * first, then the newest, so that the number of series stays bounded.
 */
@ApplicationScoped
class StudyGauges {
    private static final Logger LOG = Logger.getLogger(StudyGauges.class);

    private final IngestStatus status;
    private final int studies;
    private final MultiGauge trials;
    private final MultiGauge counted;
    private final MultiGauge imported;
    private final MultiGauge best;

    StudyGauges(IngestStatus status, ResultsSettings settings, MeterRegistry registry) {
        this.status = status;
        this.studies = settings.measuredStudies();
        this.trials = MultiGauge.builder("trialstream.study.trials")
                .description("Trials of a study by state")
                .register(registry);
        this.counted = MultiGauge.builder("trialstream.study.budget.used")
                .description("Trials of a study that use up its budget: ended, not cancelled, not imported")
                .register(registry);
        this.imported = MultiGauge.builder("trialstream.study.imported.trials")
                .description("Trials of a study that were imported with their results")
                .register(registry);
        this.best = MultiGauge.builder("trialstream.study.best.objective")
                .description("The objective of a study's best completed trial")
                .register(registry);
    }

    @Scheduled(
            every = "${trialstream.results.measure-every:PT10S}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void measure() {
        if (status.state() instanceof IngestState.Starting) {
            return;
        }
        try {
            List<StudyEntity> measured = QuarkusTransaction.requiringNew().call(() -> StudyEntity.liveliest(studies));
            trials.register(
                    measured.stream().flatMap(study -> rows(study).stream()).toList(), true);
            counted.register(each(measured, study -> study.trials.counted()), true);
            imported.register(each(measured, study -> study.trials.imported), true);
            best.register(
                    measured.stream()
                            .filter(study -> study.bestObjective != null)
                            .map(study -> Row.of(Tags.of("study", study.name), study.bestObjective))
                            .toList(),
                    true);
        } catch (RuntimeException e) {
            LOG.debug("gauges keep their last values", e);
        }
    }

    private static List<Row<?>> each(List<StudyEntity> studies, ToIntFunction<StudyEntity> value) {
        List<Row<?>> rows = new ArrayList<>();
        studies.forEach(study -> rows.add(Row.of(Tags.of("study", study.name), value.applyAsInt(study))));
        return rows;
    }

    private static List<Row<?>> rows(StudyEntity study) {
        List<Row<?>> rows = new ArrayList<>();
        for (TrialState state : TrialState.values()) {
            String name = state.name().toLowerCase(Locale.ROOT);
            rows.add(Row.of(Tags.of("study", study.name, "state", name), study.trials.of(state)));
        }
        return rows;
    }
}
