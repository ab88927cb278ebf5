package io.trialstream.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class TrialTextTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldShowConfigurationCurveAttemptsAndFiles() throws Exception {
        JsonNode trial = JSON.readTree(
                """
                {"trialId":"s1:3","number":3,"state":"INFEASIBLE","origin":"ENQUEUED","epochs":2,
                 "configuration":{"lr":0.1,"residual":null},
                 "reason":{"code":"NON_FINITE_LOSS","text":"the loss became NaN in epoch 2"},
                 "runs":[{"runId":"r1","dispatch":1,"trainerId":"trainer-1","state":"INTERRUPTED","lastEpoch":1,"stands":false},
                         {"runId":"r2","dispatch":2,"trainerId":"trainer-2","state":"FINISHED","lastEpoch":2,"stands":true}]}""");
        JsonNode curve = JSON.readTree(
                """
                {"trialId":"s1:3","epochs":[{"epoch":1,"seconds":12.4,"metrics":{"loss":4.5,"accuracy":0.01}},
                                            {"epoch":2,"seconds":11.6,"metrics":{"loss":null,"accuracy":0.02}}]}""");

        JsonNode files = JSON.readTree(
                """
                [{"name":"blueprint.svg","runId":"r2","bytes":1234,"path":"/api/v1/trials/s1:3/artifacts/r2/blueprint.svg"}]""");

        assertThat(TrialText.lines(trial, curve, files, Screen.plain(100)))
                .containsExactly(
                        "s1:3  INFEASIBLE  enqueued",
                        "reason: the loss became NaN in epoch 2",
                        "",
                        "  lr: 0.1",
                        "  residual: null",
                        "",
                        "EPOCH  TIME    loss  accuracy",
                        "    1   12s  4.5000    0.0100",
                        "    2   12s       -    0.0200",
                        "",
                        "RUN  DISPATCH  TRAINER    STATE        EPOCHS  COUNTS",
                        "r1          1  trainer-1  INTERRUPTED       1",
                        "r2          2  trainer-2  FINISHED          2  yes",
                        "",
                        "FILE           BYTES  AT",
                        "blueprint.svg   1234  /api/v1/trials/s1:3/artifacts/r2/blueprint.svg");
    }

    @Test
    void shouldSayOfARetrainWhatItTrainsAgain() throws Exception {
        JsonNode trial = JSON.readTree(
                """
                {"trialId":"s1:9","number":9,"state":"QUEUED","origin":"RETRAIN","retrainOf":3,"configuration":{}}""");

        assertThat(TrialText.lines(trial, JSON.createObjectNode(), JSON.createArrayNode(), Screen.plain(100)))
                .startsWith("s1:9  QUEUED  retrain of #3");
    }
}
