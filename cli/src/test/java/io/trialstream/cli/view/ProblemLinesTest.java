package io.trialstream.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.cli.client.Problem;
import io.trialstream.cli.client.Problem.FieldError;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemLinesTest {

    @Test
    void shouldNameEachFieldOnALineOfItsOwn() {
        Problem problem = new Problem(
                422,
                "The study file is not valid",
                "2 fields are wrong",
                List.of(
                        new FieldError("space.lr.uniform", "BOUNDS", "low 2 is not below high 1"),
                        new FieldError("", "MISSING_FIELD", "a study file is an object")));

        assertThat(ProblemLines.of(problem))
                .containsExactly(
                        "The study file is not valid",
                        "  space.lr.uniform: low 2 is not below high 1",
                        "  a study file is an object");
    }

    @Test
    void shouldGiveTheDetailWhereNoFieldIsAtFault() {
        assertThat(ProblemLines.of(new Problem(404, "Not found", "there is no study 'x'", List.of())))
                .containsExactly("Not found: there is no study 'x'");
    }
}
