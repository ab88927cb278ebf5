package io.trialstream.trainer.artifact;

import io.trialstream.contracts.blueprint.BlueprintLayer;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import java.util.List;
import java.util.Locale;

/** A network as a picture: SVG to look at, DOT to draw otherwise. Pure functions of the blueprint. */
public final class BlueprintDrawing {
    private static final int BOX_WIDTH = 230;
    private static final int BOX_HEIGHT = 38;
    private static final int COLUMN = 254;
    private static final int ROW = 58;
    private static final int MARGIN = 20;
    private static final int TITLE = 30;

    private final NetworkBlueprint blueprint;
    private final BlueprintLayout layout;
    private final StringBuilder svg = new StringBuilder();

    private BlueprintDrawing(NetworkBlueprint blueprint) {
        this.blueprint = blueprint;
        this.layout = new BlueprintLayout(blueprint);
    }

    /** A stand-alone SVG document in UTF-8: every layer with its shape and parameters, and what reads what. */
    public static String svg(NetworkBlueprint blueprint) {
        return new BlueprintDrawing(blueprint).drawn();
    }

    /** The same as a directed graph in Graphviz's language. */
    public static String dot(NetworkBlueprint blueprint) {
        StringBuilder dot = new StringBuilder("digraph network {\n  node [shape=box, fontname=\"sans-serif\"];\n");
        for (BlueprintLayer layer : blueprint.layers()) {
            dot.append("  \"%s\" [label=\"%s\\n%s\"];\n".formatted(layer.name(), layer.name(), described(layer)));
            for (String input : layer.inputs()) {
                dot.append("  \"%s\" -> \"%s\";\n".formatted(input, layer.name()));
            }
        }
        return dot.append("}\n").toString();
    }

    private String drawn() {
        int width = 2 * MARGIN + BOX_WIDTH + (layout.widestRow() - 1) * COLUMN;
        int height = 2 * MARGIN + TITLE + BOX_HEIGHT + (layout.rowCount() - 1) * ROW;
        add("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\"\n"
                .formatted(width, height, width, height));
        add("     font-family=\"sans-serif\" font-size=\"11\">\n".formatted());
        add("<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n".formatted());
        add("<text x=\"%d\" y=\"%d\" font-size=\"14\">%s parameters, %s multiply-adds an image</text>\n"
                .formatted(MARGIN, MARGIN + 8, grouped(blueprint.parameters()), grouped(blueprint.multiplyAdds())));
        for (BlueprintLayer layer : blueprint.layers()) {
            layer.inputs().forEach(input -> connect(input, layer.name()));
        }
        blueprint.layers().forEach(this::box);
        return svg.append("</svg>\n").toString();
    }

    private void connect(String from, String to) {
        List<BlueprintLayout.Place> way = layout.way(from, to);
        StringBuilder path = new StringBuilder();
        for (int i = 0; i + 1 < way.size(); i++) {
            int x = centre(way.get(i));
            int y = top(way.get(i)) + (i == 0 ? BOX_HEIGHT : BOX_HEIGHT / 2);
            int nextX = centre(way.get(i + 1));
            int nextY = top(way.get(i + 1)) + (i + 2 == way.size() ? 0 : BOX_HEIGHT / 2);
            int middle = (y + nextY) / 2;
            if (i == 0) {
                path.append("M%d %d".formatted(x, y));
            }
            path.append(" C%d %d %d %d %d %d".formatted(x, middle, nextX, middle, nextX, nextY));
        }
        add("<path d=\"%s\" fill=\"none\" stroke=\"#8a94a6\"/>\n".formatted(path));
    }

    private void box(BlueprintLayer layer) {
        BlueprintLayout.Place place = layout.of(layer);
        int x = centre(place) - BOX_WIDTH / 2;
        int y = top(place);
        add("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"5\" fill=\"%s\" stroke=\"#5b6577\"/>\n"
                .formatted(x, y, BOX_WIDTH, BOX_HEIGHT, colour(layer)));
        add("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" font-weight=\"bold\">%s</text>\n"
                .formatted(centre(place), y + 15, escaped(layer.name())));
        add("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>\n"
                .formatted(centre(place), y + 30, escaped(described(layer))));
    }

    private int centre(BlueprintLayout.Place place) {
        int middle = MARGIN + BOX_WIDTH / 2 + (layout.widestRow() - 1) * COLUMN / 2;
        return middle + (int) ((place.column() - (place.of() - 1) / 2.0) * COLUMN);
    }

    private static int top(BlueprintLayout.Place place) {
        return MARGIN + TITLE + place.row() * ROW;
    }

    private void add(String text) {
        svg.append(text);
    }

    /** What it does, what comes out, how many parameters it has. */
    private static String described(BlueprintLayer layer) {
        String text = kind(layer) + " → " + shape(layer);
        return layer.parameters() == 0 ? text : text + ", " + grouped(layer.parameters());
    }

    /** What comes out, {@code 64×16×16}. */
    static String shape(BlueprintLayer layer) {
        return String.join(
                "×", layer.outputShape().stream().map(String::valueOf).toList());
    }

    /** What it does, {@code conv 3×3 relu}. */
    static String kind(BlueprintLayer layer) {
        if (layer instanceof BlueprintLayer.Convolution it) {
            return "conv " + it.kernel() + "×" + it.kernel() + (it.stride() == 1 ? "" : " /" + it.stride()) + " "
                    + lower(it.activation());
        } else if (layer instanceof BlueprintLayer.Pooling it) {
            return lower(it.kind()) + " pool " + it.kernel() + "×" + it.kernel() + " /" + it.stride();
        } else if (layer instanceof BlueprintLayer.Dropout it) {
            return (it.alpha() ? "alpha dropout " : "dropout ") + String.format(Locale.ROOT, "%.3g", it.rate());
        } else if (layer instanceof BlueprintLayer.Dense it) {
            return "dense " + lower(it.activation());
        } else if (layer instanceof BlueprintLayer.Head it) {
            return "head " + lower(it.activation());
        } else if (layer instanceof BlueprintLayer.BatchNormalization) {
            return "batch norm";
        }
        return lower(layer.getClass().getSimpleName());
    }

    private static String colour(BlueprintLayer layer) {
        if (layer instanceof BlueprintLayer.Convolution) {
            return "#cfe3ff";
        } else if (layer instanceof BlueprintLayer.Dense || layer instanceof BlueprintLayer.Head) {
            return "#ffe2c4";
        } else if (layer instanceof BlueprintLayer.Pooling) {
            return "#d8f3d6";
        } else if (layer instanceof BlueprintLayer.Add || layer instanceof BlueprintLayer.Concatenate) {
            return "#f7d6ec";
        }
        return "#f1f3f6";
    }

    private static String lower(Object name) {
        return name.toString().toLowerCase(Locale.ROOT);
    }

    static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
