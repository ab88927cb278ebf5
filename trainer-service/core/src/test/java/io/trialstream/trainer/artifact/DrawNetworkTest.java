package io.trialstream.trainer.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.blueprint.CnnBlueprint;
import io.trialstream.trainer.blueprint.CnnHyperparameters;
import io.trialstream.trainer.blueprint.PublishedConfigurations;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DrawNetworkTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final NetworkBlueprint BEST =
            CnnBlueprint.of(CnnHyperparameters.from(PublishedConfigurations.best()), 1, List.of(3, 32, 32), 100, 20);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void shouldDrawAPublishedNetworkInEveryForm() throws Exception {
        assertThat(draw("", "best", "svg")).isEqualTo(BlueprintDrawing.svg(BEST));
        assertThat(draw("", "best", "dot")).isEqualTo(BlueprintDrawing.dot(BEST));
        assertThat(JSON.readValue(draw("", "best", "json"), NetworkBlueprint.class))
                .isEqualTo(BEST);
        assertThat(draw("", "best", "text").lines())
                .hasSize(BEST.layers().size() + 2)
                .anySatisfy(
                        line -> assertThat(line).matches("fine_outputs +head softmax +100 +[\\d,]+ +dense1_dropout"))
                .last()
                .asString()
                .startsWith(String.format("%,d parameters", BEST.parameters()));
        assertThat(draw("", "demo", "text")).contains("concatenate");
    }

    @Test
    void shouldDrawAConfigurationAndABlueprint() throws Exception {
        String configuration = JSON.writeValueAsString(PublishedConfigurations.best());

        assertThat(draw(configuration, "-", "svg")).isEqualTo(BlueprintDrawing.svg(BEST));
        assertThat(draw(JSON.writeValueAsString(BEST), "-", "svg")).isEqualTo(BlueprintDrawing.svg(BEST));
    }

    @Test
    void shouldDrawOnOtherImagesWithOtherWidths() throws Exception {
        run("", "best", "json", "0.25", "1,28,28", "10,2");

        NetworkBlueprint drawn = JSON.readValue(out.toByteArray(), NetworkBlueprint.class);
        assertThat(drawn.inputShape()).containsExactly(1, 28, 28);
        assertThat(drawn.parameters()).isLessThan(BEST.parameters());
    }

    @Test
    void shouldSayWhatIsWrongWithAConfiguration() throws Exception {
        assertThat(run("{\"lr_rate_mult\":1}", "-", "svg", "1", "3,32,32", "100,20"))
                .isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("lacks the key 'l2_weight_reg_mult'");

        Map<String, Object> tooDeep = PublishedConfigurations.best();
        tooDeep.put("nb_conv_pool_layers", 9);
        assertThat(run(JSON.writeValueAsString(tooDeep), "-", "svg", "1", "3,32,32", "100,20"))
                .isEqualTo(1);
        for (String wrong : List.of("[]", "{", "null", "{\"layers\":[{}]}")) {
            err.reset();
            assertThat(run(wrong, "-", "svg", "1", "3,32,32", "100,20"))
                    .as(wrong)
                    .isEqualTo(1);
            assertThat(err.toString(StandardCharsets.UTF_8)).as(wrong).isNotBlank();
        }
        assertThat(out.size()).isZero();
    }

    @Test
    void shouldRefuseWrongUse() throws Exception {
        assertThat(run("", "best")).isEqualTo(2);
        assertThat(run("", "worst", "svg", "1", "3,32,32", "100,20")).isEqualTo(1);
        assertThat(run("", "best", "png", "1", "3,32,32", "100,20")).isEqualTo(1);
        assertThat(run("", "best", "svg", "0", "3,32,32", "100,20")).isEqualTo(1);
        assertThat(run("", "best", "svg", "1", "3,32", "100,20")).isEqualTo(1);
        assertThat(run("", "best", "svg", "1", "3,32,32", "100,-1")).isEqualTo(1);
    }

    private String draw(String in, String network, String form) throws Exception {
        out.reset();
        assertThat(run(in, network, form, "1.0", "3,32,32", "100,20"))
                .as(err.toString(StandardCharsets.UTF_8))
                .isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    private int run(String in, String... arguments) throws Exception {
        return DrawNetwork.run(
                arguments,
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }
}
