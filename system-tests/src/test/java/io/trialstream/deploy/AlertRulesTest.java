package io.trialstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alert rules fire where they should and not elsewhere, and each has its page in the runbook. */
class AlertRulesTest {
    private static final Path MONITORING = Overlay.DEPLOY.resolve("components/monitoring");
    private static final YAMLMapper YAML = new YAMLMapper();

    @TempDir
    private Path directory;

    @Test
    void shouldFireWhereTheyShould() throws IOException {
        NeededTool.promtool();
        YAML.writeValue(directory.resolve("rules.yaml").toFile(), rules());
        Path tests = directory.resolve("tests.yaml");
        Files.copy(MONITORING.resolve("prometheus-rule.trialstream.test.yaml"), tests);

        assertThat(Tool.run(
                        "promtool",
                        "check",
                        "rules",
                        directory.resolve("rules.yaml").toString()))
                .contains("SUCCESS");
        assertThat(Tool.run("promtool", "test", "rules", tests.toString())).contains("SUCCESS");
    }

    @Test
    void shouldHaveAPageInTheRunbookAndATest() throws IOException {
        List<String> runbook = Files.readAllLines(Overlay.DEPLOY.resolve("runbook.md"));
        String tests = Files.readString(MONITORING.resolve("prometheus-rule.trialstream.test.yaml"));

        assertThat(rules().at("/groups/0/rules")).isNotEmpty().allSatisfy(rule -> {
            String alert = rule.path("alert").asText();
            assertThat(runbook).contains("## " + alert);
            assertThat(rule.at("/annotations/runbook").asText()).isEqualTo("runbook.md#" + alert.toLowerCase());
            assertThat(tests).contains("alertname: " + alert + "\n        exp_alerts");
        });
    }

    private static JsonNode rules() throws IOException {
        return YAML.readTree(
                        MONITORING.resolve("prometheus-rule.trialstream.yaml").toFile())
                .path("spec");
    }
}
