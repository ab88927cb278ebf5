package io.trialstream.results.export;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.trialstream.contracts.study.CnnTraining;
import io.trialstream.contracts.study.Protocol;
import io.trialstream.results.read.Database;
import io.trialstream.results.read.Sql;
import io.trialstream.results.read.StudyRow;
import io.trialstream.results.read.StudyRows;
import io.trialstream.results.store.EpochEntity;
import io.trialstream.results.store.JsonText;
import io.trialstream.results.store.Lineage;
import io.trialstream.results.store.RunEntity;
import io.trialstream.results.store.TrialEntity;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Finished trials as the seed's result files. Thread-safe. */
@ApplicationScoped
public class SeedExport {
    private static final String COMPLETED =
            """
            select trial_id, run_id, configuration, best_metrics, end_metrics from trial
            where study_id = ? and state = 'COMPLETED' and loss is not null order by loss desc, number desc""";

    private final Database database;
    private final StudyRows studies;
    private final ObjectMapper mapper;

    SeedExport(Database database, StudyRows studies, ObjectMapper mapper) {
        this.database = database;
        this.studies = studies;
        this.mapper = mapper.copy().disable(SerializationFeature.CLOSE_CLOSEABLE);
    }

    /** A trial's file; empty where its workload has no such form. */
    public Optional<SeedFile> file(TrialEntity trial) {
        List<Map<String, Double>> curve =
                Lineage.of(trial.runId, RunEntity.ofTrial(trial.trialId))
                        .of(EpochEntity.ofTrial(trial.trialId))
                        .stream()
                        .map(epoch -> JsonText.metrics(epoch.metrics))
                        .toList();
        return SeedFile.of(
                trial.trialId,
                JsonText.object(trial.configuration),
                JsonText.metrics(trial.bestMetrics),
                JsonText.metrics(trial.endMetrics),
                curve,
                protocol(trial.studyId));
    }

    /** Whether the study's trials have that form: asks its best one. */
    public boolean isPossible(StudyRow study) {
        return study.best()
                .flatMap(best -> TrialEntity.<TrialEntity>findByIdOptional(study.studyId() + ":" + best.number()))
                .flatMap(this::file)
                .isPresent();
    }

    /** On what the study's trials are selected, where its workload has a choice. */
    private Optional<Protocol> protocol(String studyId) {
        return studies.spec(studyId).training() instanceof CnnTraining cnn
                ? Optional.of(cnn.protocol())
                : Optional.empty();
    }

    /** The files of all completed trials in one archive, the best last. */
    public void zip(StudyRow study, OutputStream out) {
        Optional<Protocol> protocol = protocol(study.studyId());
        database.inSnapshot(snapshot -> {
            try (ZipOutputStream zip = new ZipOutputStream(out)) {
                Names names = new Names();
                snapshot.stream(Sql.of(COMPLETED, study.studyId()), row -> {
                    List<Map<String, Double>> curve = new ArrayList<>();
                    if (row.getString("run_id") != null) {
                        curve.addAll(snapshot.list(
                                CurveQuery.of(row.getString("run_id")),
                                epoch -> JsonText.metrics(epoch.getString("metrics"))));
                    }
                    String trial = row.getString("trial_id");
                    Map<String, Object> space = JsonText.object(row.getString("configuration"));
                    Map<String, Double> best = JsonText.metrics(row.getString("best_metrics"));
                    Map<String, Double> end = JsonText.metrics(row.getString("end_metrics"));
                    SeedFile.of(trial, space, best, end, curve, protocol)
                            .ifPresent(file -> put(zip, names.unused(file.fileName()), file));
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void put(ZipOutputStream zip, String name, SeedFile file) {
        try {
            zip.putNextEntry(new ZipEntry(name));
            JsonGenerator json =
                    mapper.getFactory().createGenerator(zip).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            mapper.writeValue(json, file);
            json.flush();
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Trials of equal accuracy come one after another, and only their names can be equal. */
    private static final class Names {
        private final Set<String> used = new HashSet<>();
        private String accuracy = "";

        String unused(String name) {
            String prefix = name.substring(0, name.lastIndexOf('_'));
            if (!prefix.equals(accuracy)) {
                accuracy = prefix;
                used.clear();
            }
            String free = name;
            for (int i = 2; !used.add(free); i++) {
                free = name.replace(".txt.json", "-" + i + ".txt.json");
            }
            return free;
        }
    }
}
