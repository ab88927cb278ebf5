package io.trialstream.suggester.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.trialstream.contracts.ImportedResult;
import io.trialstream.contracts.TrialId;
import io.trialstream.contracts.TrialState;
import io.trialstream.contracts.study.StudySpec;
import io.trialstream.rest.ProblemDetail.FieldError;
import io.trialstream.suggester.Studied;
import io.trialstream.suggester.command.ImportedEvidence;
import io.trialstream.suggester.imports.ImportFile.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportCheckTest {
    private static final String LINE =
            """
            {"trialId": "old:3", "number": 3, "state": "COMPLETED", "objective": 0.5, "epochs": 2, "bestEpoch": 1,\
             "configuration": {"x": 0.25, "kind": "a"}, "best": {"objective": 0.5}, "end": {"objective": 0.4, "loss": null},\
             "trainingSeconds": 1.5, "finishedAt": "2026-01-01T00:00:05Z"}
            """;

    private final StudySpec sleep = StudySpec.read(Studied.file("target", 5));

    @Test
    void shouldReadTheSeedsBestResult() {
        ImportCheck check = seed(SeedFile.study("seed"), SeedFile.BEST);

        assertThat(check.errors()).isEmpty();
        ImportedResult result = evidence(check).get(0).result();
        assertThat(result.objective()).contains(0.6761000108718872);
        assertThat(result.source()).isEqualTo("model_0.676100010872_6066e");
        assertThat(result.best())
                .containsOnly(
                        entry("fine_accuracy", 0.6761000108718872),
                        entry("fine_loss", 1.3936876878738402),
                        entry("coarse_accuracy", 0.7731000242233277),
                        entry("coarse_loss", 0.8012041954994201));
        assertThat(result.end())
                .containsEntry("fine_accuracy", 0.6549)
                .containsEntry("loss", 3.018656848526001)
                .containsEntry("coarse_loss", 0.9019438380718231);
        assertThat(evidence(check).get(0).configuration().values())
                .containsEntry("optimizer", "Nadam")
                .containsEntry("residual", 3.0)
                .containsEntry("one_more_fc", null);
    }

    @Test
    void shouldReadTheShippedResultIntoTheShippedStudy() throws IOException {
        StudySpec study = StudySpec.read(new ObjectMapper(new YAMLFactory())
                .readValue(
                        Path.of("../studies/cifar100-2017.yaml").toFile(),
                        new TypeReference<Map<String, Object>>() {}));
        Path result = Path.of("../studies/results-2017/model_0.676100010872_6066e.txt.json");

        ImportCheck check = seed(study, Files.readString(result));

        assertThat(check.errors()).isEmpty();
        assertThat(evidence(check).get(0).result().objective()).contains(0.6761000108718872);
    }

    /** The document that the project grew out of shows its best result, without the history. */
    @Test
    void shouldReadTheSeedsOwnText() throws IOException {
        String shared = System.getProperty("trialstream.shared", "");
        Path document = Path.of(shared, "seed", "seed.txt");
        assumeThat(document).as("reference data, -Dtrialstream.shared=DIR").exists();
        Matcher json = Pattern.compile("space_best_model = (\\{.*?\n\\})", Pattern.DOTALL)
                .matcher(Files.readString(document));
        assertThat(json.find()).isTrue();

        ImportCheck check =
                seed(SeedFile.study("seed"), json.group(1).replaceFirst("\"history\": \\{\\.\\.\\.\\},", ""));

        assertThat(check.errors()).isEmpty();
        assertThat(evidence(check).get(0).result().objective()).contains(0.6761000108718872);
    }

    @Test
    void shouldTakeTheProtocolOfASeedFileThatWasExportedHere() {
        String exported = SeedFile.BEST.replace(
                "\"status\": \"ok\"", "\"status\": \"ok\", \"protocol\": \"honest\", \"trial_id\": \"own:3\"");

        ImportCheck honest = seed(SeedFile.study("honest"), exported);
        ImportCheck other = seed(SeedFile.study("seed"), exported);

        assertThat(honest.errors()).isEmpty();
        assertThat(evidence(honest).get(0).exportedAs()).contains(new TrialId("own", 3));
        assertThat(other.errors()).extracting(FieldError::code).containsExactly("PROTOCOL_MISMATCH");
    }

    @Test
    void shouldReadASeedFilesHistory() {
        ImportCheck check = seed(SeedFile.study("seed"), SeedFile.withHistory());

        assertThat(check.errors()).isEmpty();
        assertThat(check.checked().get(0).hasHistory()).isTrue();
        assertThat(evidence(check).get(0).result().epochs()).isEqualTo(2);
        assertThat(evidence(check).get(0).result().bestEpoch()).isEqualTo(1);
        new ImportFile(SeedFile.bytes(SeedFile.withHistory()), Kind.SINGLE).forEach(entry -> {
            List<ImportedEpoch> history =
                    new SeedFiles().history(entry.tree().orElseThrow(), new FieldReader(entry.place()));
            assertThat(history).hasSize(2);
            assertThat(history.get(0).metrics())
                    .hasSize(10)
                    .containsEntry("fine_accuracy", 0.6761000108718872)
                    .containsEntry("train_coarse_loss", 0.1);
            assertThat(history.get(1).metrics()).containsEntry("loss", null).containsEntry("train_loss", 0.2);
        });
    }

    @Test
    void shouldRefuseAnotherProtocol() {
        assertThat(seed(SeedFile.study("honest"), SeedFile.BEST).errors())
                .extracting(FieldError::field, FieldError::code)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("file: protocol", "PROTOCOL_MISMATCH"));
        assertThat(lines(SeedFile.study("seed"), LINE).errors())
                .extracting(FieldError::field)
                .contains("line 1: protocol");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"batch_size\": 320.0', '\"batch_size\": 321', file: space.batch_size",
        "'\"batch_size\": 320.0', '\"batchsize\": 320', file: space.batch_size",
        "'\"optimizer\": \"Nadam\"', '\"optimizer\": \"Lion\"', file: space.optimizer",
        "'\"status\": \"ok\"', '\"status\": \"fail\"', file: status",
        "'\"loss\": -0.6761000108718872', '\"loss\": -0.5', file: loss",
        "'\"fine_end_loss\": 1.539645684337616,', '', file: fine_end_loss",
        "'\"fine_best_accuracy\": 0.6761000108718872', '\"fine_best_accuracy\": \"good\"', file: fine_best_accuracy",
        "'\"model_name\": \"model_0.676100010872_6066e\",', '', file: model_name",
    })
    void shouldNameEveryFieldOfASeedFileThatIsWrong(String field, String instead, String name) {
        assertThat(SeedFile.BEST).contains(field);
        assertThat(seed(SeedFile.study("seed"), SeedFile.BEST.replace(field, instead))
                        .errors())
                .extracting(FieldError::field)
                .contains(name);
    }

    @Test
    void shouldReadALine() {
        ImportCheck check = lines(sleep, LINE);

        assertThat(check.errors()).isEmpty();
        ImportedResult result = evidence(check).get(0).result();
        assertThat(result.state()).isEqualTo(TrialState.COMPLETED);
        assertThat(result.trainingTime()).isEqualTo(Duration.ofMillis(1500));
        assertThat(result.at()).isEqualTo("2026-01-01T00:00:05Z");
        assertThat(result.end()).containsEntry("loss", null);
        assertThat(evidence(check).get(0).configuration().values()).containsEntry("x", 0.25);
    }

    @Test
    void shouldKnowTheSameContentAgain() {
        String again = LINE.replace(
                "{\"trialId\": \"old:3\", \"number\": 3,", "{\"number\": 3,  \"trialId\": \"old:3\",\"history\": [],");

        assertThat(hash(LINE)).isEqualTo(hash(again));
        assertThat(hash(LINE)).isNotEqualTo(hash(LINE.replace("0.25", "0.75")));
        assertThat(hash(LINE)).isNotEqualTo(hash(LINE.replace("old:3", "old:4")));
        assertThat(hash(LINE)).isNotEqualTo(hash(LINE.replace("0.4", "0.3")));
    }

    @Test
    void shouldLeaveOutWhatIsNoEvidence() {
        String file =
                LINE + LINE.replace("COMPLETED", "FAILED") + "\n\n" + "{\"state\":\"RUNNING\",\"configuration\":{}}\n";

        ImportCheck check = lines(sleep, file);

        assertThat(check.errors()).isEmpty();
        assertThat(check.checked())
                .extracting(ImportCheck.Checked::place)
                .containsExactly("line 1", "line 2", "line 5");
        assertThat(evidence(check)).hasSize(1);
    }

    @Test
    void shouldSayWhatIsWrongInEachLine() {
        String file = LINE.replace("0.25", "7") + "{nonsense\n" + "[]\n"
                + LINE.replace("\"objective\": 0.5, \"ep", "\"objective\": 0.6, \"ep")
                + LINE.replace("COMPLETED", "DONE").replace("\"epochs\": 2", "\"epochs\": -2");

        ImportCheck check = lines(sleep, file);

        assertThat(check.errors())
                .extracting(FieldError::field)
                .containsExactly(
                        "line 1: configuration.x",
                        "line 2",
                        "line 3",
                        "line 4: objective",
                        "line 5: state",
                        "line 5: epochs");
        assertThat(check.faulty()).isEqualTo(5);
        assertThat(check.checked()).isEmpty();
    }

    private String hash(String line) {
        return evidence(lines(sleep, line)).get(0).result().contentHash();
    }

    private static List<ImportedEvidence> evidence(ImportCheck check) {
        return check.checked().stream()
                .flatMap(trial -> trial.evidence().stream())
                .toList();
    }

    private static ImportCheck seed(StudySpec spec, String file) {
        return checked(spec, new SeedFiles(), new ImportFile(SeedFile.bytes(file), Kind.SINGLE));
    }

    private static ImportCheck lines(StudySpec spec, String file) {
        return checked(spec, new TrialLines(), new ImportFile(SeedFile.bytes(file), Kind.LINES));
    }

    private static ImportCheck checked(StudySpec spec, ImportFormat format, ImportFile file) {
        ImportCheck check = new ImportCheck(spec, format, Clock.fixed(Studied.NOW, ZoneOffset.UTC));
        file.forEach(check::check);
        return check;
    }
}
