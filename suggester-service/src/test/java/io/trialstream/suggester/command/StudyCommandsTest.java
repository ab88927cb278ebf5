package io.trialstream.suggester.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class StudyCommandsTest {

    /** Each record names all pending trials: one that the broker refuses would make the loop rebuild again and again. */
    @Test
    void shouldRefuseMoreOpenTrialsThanARecordCanName() {
        StudyCommands.refuseTooMany(19_000, 1_000);

        assertThatExceptionOfType(StudyRefusedException.class)
                .isThrownBy(() -> StudyCommands.refuseTooMany(19_001, 1_000))
                .withMessageContaining("20000")
                .satisfies(
                        refused -> assertThat(refused.code()).isEqualTo(StudyRefusedException.Code.TOO_MANY_WAITING));
    }
}
