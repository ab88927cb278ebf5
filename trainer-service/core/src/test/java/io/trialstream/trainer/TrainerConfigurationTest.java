package io.trialstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.trialstream.trainer.exec.ProgramsConfiguration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainerConfigurationTest {

    @Test
    void shouldPinItsDefaults() {
        TrainerConfiguration configuration = read(Map.of());
        assertThat(configuration.id()).isEmpty();
        assertThat(configuration.pool()).isEqualTo("default");
        assertThat(configuration.slots()).isEqualTo(1);
        assertThat(configuration.dataDirectory()).isEqualTo(Path.of("data"));
        assertThat(configuration.imageFolders()).isEmpty();
        assertThat(configuration.memoryPerTrialMebibytes()).isEmpty();
        assertThat(configuration.heartbeatInterval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(configuration.lockDuration()).isEqualTo(Duration.ofSeconds(15));
        assertThat(configuration.pollTimeout()).isEqualTo(Duration.ofMillis(2500));
        assertThat(configuration.drainTimeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(configuration.allowSlowEngine()).isFalse();
    }

    @Test
    void shouldPinTheDefaultsOfCheckpoints() {
        CheckpointConfiguration configuration = new SmallRyeConfigBuilder()
                .withMapping(CheckpointConfiguration.class)
                .build()
                .getConfigMapping(CheckpointConfiguration.class);
        assertThat(configuration.directory()).isEqualTo(Path.of("data/checkpoints"));
        assertThat(configuration.everyEpochs()).isEqualTo(1);
        assertThat(configuration.interval()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void shouldPinTheDefaultsOfArtifacts() {
        ArtifactConfiguration configuration = new SmallRyeConfigBuilder()
                .withMapping(ArtifactConfiguration.class)
                .build()
                .getConfigMapping(ArtifactConfiguration.class);
        assertThat(configuration.directory()).isEqualTo(Path.of("data/artifacts"));
        assertThat(configuration.bucket()).isEmpty();
        assertThat(configuration.prefix()).isEqualTo("trialstream/");
        assertThat(configuration.endpoint()).isEmpty();
        assertThat(configuration.region()).isEqualTo("us-east-1");
        assertThat(configuration.accessKey()).isEmpty();
        assertThat(configuration.secretKey()).isEmpty();
        assertThat(configuration.weights()).isTrue();
    }

    @Test
    void shouldPinTheDefaultsOfPrograms() {
        ProgramsConfiguration configuration = new SmallRyeConfigBuilder()
                .withMapping(ProgramsConfiguration.class)
                .build()
                .getConfigMapping(ProgramsConfiguration.class);
        assertThat(configuration.file()).isEmpty();
        assertThat(configuration.directory()).isEqualTo(Path.of("data/runs"));
        assertThat(configuration.grace()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void shouldReadItsKeys() {
        TrainerSettings settings = TrainerSettings.from(read(Map.of(
                "trialstream.trainer.id", "gpu-7",
                "trialstream.trainer.slots", "3",
                "trialstream.trainer.lock-duration", "PT30S")));
        assertThat(settings.trainerId()).isEqualTo("gpu-7");
        assertThat(settings.slots()).isEqualTo(3);
        assertThat(settings.lockDuration()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void shouldMakeUpANameThatFitsAndDoesNotRepeat() {
        assertThat(TrainerId.generate())
                .matches("[A-Za-z0-9:_-]{1,64}")
                .isNotEqualTo(TrainerId.generate())
                .contains("-" + ProcessHandle.current().pid() + "-");
    }

    @Test
    void shouldNameTheKeyThatCannotWork() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrainerSettings.from(read(Map.of("trialstream.trainer.slots", "0"))))
                .withMessage("trialstream.trainer.slots must be at least 1, got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrainerSettings.from(read(Map.of("trialstream.trainer.heartbeat-interval", "PT0S"))))
                .withMessageContaining("heartbeat-interval");
    }

    private static TrainerConfiguration read(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(TrainerConfiguration.class)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(TrainerConfiguration.class);
    }
}
