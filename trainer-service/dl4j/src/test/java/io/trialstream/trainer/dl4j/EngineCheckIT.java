package io.trialstream.trainer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EngineCheckIT {

    @Test
    void shouldRunItsLayersOnOneDnn() {
        new Dl4jEngine();

        assertThat(EngineCheck.layersWithoutHelper()).isEmpty();
        assertThat(EngineCheck.check()).isEmpty();
    }
}
