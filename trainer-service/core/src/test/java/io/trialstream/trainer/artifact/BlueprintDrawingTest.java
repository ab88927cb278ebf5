package io.trialstream.trainer.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.contracts.blueprint.BlueprintLayer;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.blueprint.CnnBlueprint;
import io.trialstream.trainer.blueprint.CnnHyperparameters;
import io.trialstream.trainer.blueprint.PublishedConfigurations;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class BlueprintDrawingTest {
    private static final NetworkBlueprint DEMO =
            CnnBlueprint.of(CnnHyperparameters.from(PublishedConfigurations.demo()), 1, List.of(3, 32, 32), 100, 20);

    @Test
    void shouldDrawEveryLayerOnceAndEveryConnection() throws Exception {
        Document svg = parsed(BlueprintDrawing.svg(DEMO));
        List<String> bold = new ArrayList<>();
        NodeList texts = svg.getElementsByTagName("text");
        for (int i = 0; i < texts.getLength(); i++) {
            if ("bold".equals(((Element) texts.item(i)).getAttribute("font-weight"))) {
                bold.add(texts.item(i).getTextContent());
            }
        }

        assertThat(bold)
                .containsExactlyElementsOf(
                        DEMO.layers().stream().map(BlueprintLayer::name).toList());
        assertThat(svg.getElementsByTagName("path").getLength())
                .isEqualTo(DEMO.layers().stream()
                        .mapToInt(layer -> layer.inputs().size())
                        .sum());
    }

    @Test
    void shouldLetNoBoxCoverAnother() throws Exception {
        NodeList boxes = parsed(BlueprintDrawing.svg(DEMO)).getElementsByTagName("rect");
        for (int i = 1; i < boxes.getLength(); i++) {
            for (int j = i + 1; j < boxes.getLength(); j++) {
                boolean apart = distance(boxes, i, j, "x") >= number(boxes, i, "width")
                        || distance(boxes, i, j, "y") >= number(boxes, i, "height");
                assertThat(apart).as("boxes %d and %d", i, j).isTrue();
            }
        }
    }

    @Test
    void shouldTellTheWholeNetworksSize() {
        assertThat(BlueprintDrawing.svg(DEMO)).contains(String.format("%,d parameters", DEMO.parameters()));
    }

    @Test
    void shouldWriteTheGraphInDotToo() {
        String dot = BlueprintDrawing.dot(DEMO);

        assertThat(dot).startsWith("digraph").contains("\"input\" -> \"first_conv\";");
        assertThat(dot.lines().filter(line -> line.contains("->")).count())
                .isEqualTo(DEMO.layers().stream()
                        .mapToInt(layer -> layer.inputs().size())
                        .sum());
    }

    private static double distance(NodeList boxes, int i, int j, String side) {
        return Math.abs(number(boxes, i, side) - number(boxes, j, side));
    }

    private static double number(NodeList boxes, int index, String attribute) {
        return Double.parseDouble(((Element) boxes.item(index)).getAttribute(attribute));
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }
}
