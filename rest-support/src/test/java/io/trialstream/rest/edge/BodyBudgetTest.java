package io.trialstream.rest.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BodyBudgetTest {

    @Test
    void shouldGiveNoMoreThanItHas() {
        BodyBudget budget = new BodyBudget(100);

        assertThat(budget.take(60)).isTrue();
        assertThat(budget.take(41)).isFalse();
        assertThat(budget.take(40)).as("the refused bytes were not taken").isTrue();

        budget.giveBack(60);

        assertThat(budget.take(60)).isTrue();
        assertThat(budget.take(1)).isFalse();
    }
}
