package io.trialstream.trainer.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.contracts.study.PassMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PassedConfigurationTest {

    private static Map<String, Object> configuration() {
        Map<String, Object> configuration = new LinkedHashMap<>();
        configuration.put("lr", 1e-4);
        configuration.put("batch", 32);
        configuration.put("optimizer", Map.of("momentum", -0.5));
        configuration.put("residual", null);
        configuration.put("nesterov", true);
        configuration.put("layers", List.of(1, 2));
        configuration.put("name", "a b");
        return configuration;
    }

    @Test
    void shouldWriteFlags() {
        assertThat(PassedConfiguration.of(configuration(), PassMode.FLAGS).words())
                .containsExactly(
                        "--lr=1.0E-4",
                        "--batch=32",
                        "--optimizer.momentum=-0.5",
                        "--nesterov=true",
                        "--layers=[1,2]",
                        "--name=a b");
    }

    @Test
    void shouldWriteHydrasOverrides() {
        assertThat(PassedConfiguration.of(configuration(), PassMode.HYDRA).words())
                .contains("optimizer.momentum=-0.5", "residual=null", "layers=[1,2]");
    }

    @Test
    void shouldWriteVariables() {
        PassedConfiguration passed = PassedConfiguration.of(configuration(), PassMode.ENV);

        assertThat(passed.words()).isEmpty();
        assertThat(passed.variables())
                .containsEntry("HP_OPTIMIZER_MOMENTUM", "-0.5")
                .containsEntry("HP_NAME", "a b")
                .doesNotContainKey("HP_RESIDUAL");
    }

    @Test
    void shouldLeaveAProgramThatReadsJsonAlone() {
        assertThat(PassedConfiguration.of(configuration(), PassMode.JSON))
                .isEqualTo(new PassedConfiguration(List.of(), Map.of()));
    }
}
