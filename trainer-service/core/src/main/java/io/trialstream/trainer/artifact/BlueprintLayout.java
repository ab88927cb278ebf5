package io.trialstream.trainer.artifact;

import io.trialstream.contracts.blueprint.BlueprintLayer;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the layers of a blueprint are drawn: a layer's row is the length of the longest way to it; in a row, layers
 * stand in the order of the places they read from. A connection over several rows has a place of its own in each, so
 * that it does not run through other layers.
 */
final class BlueprintLayout {

    /** A place in a row; {@code column} counts from 0, {@code of} the places of that row. */
    record Place(int row, int column, int of) {}

    private final Map<String, Integer> rows = new LinkedHashMap<>();
    private final Map<String, Place> places = new HashMap<>();
    private int widest = 1;

    BlueprintLayout(NetworkBlueprint blueprint) {
        for (BlueprintLayer layer : blueprint.layers()) {
            rows.put(
                    layer.name(),
                    layer.inputs().stream().mapToInt(rows::get).max().orElse(-1) + 1);
        }
        List<List<String>> byRow = new ArrayList<>();
        Map<String, List<String>> readFrom = new HashMap<>();
        for (BlueprintLayer layer : blueprint.layers()) {
            int row = rows.get(layer.name());
            List<String> from = new ArrayList<>();
            for (String input : layer.inputs()) {
                String last = input;
                for (int between = rows.get(input) + 1; between < row; between++) {
                    String stop = stop(input, layer.name(), between);
                    readFrom.put(stop, List.of(last));
                    at(byRow, between).add(stop);
                    last = stop;
                }
                from.add(last);
            }
            readFrom.put(layer.name(), from);
            at(byRow, row).add(layer.name());
        }
        for (int row = 0; row < byRow.size(); row++) {
            place(row, byRow.get(row), readFrom);
        }
    }

    int rowCount() {
        return 1 + rows.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    int widestRow() {
        return widest;
    }

    Place of(BlueprintLayer layer) {
        return places.get(layer.name());
    }

    /** Through which places a connection runs, both ends included. */
    List<Place> way(String from, String to) {
        List<Place> way = new ArrayList<>();
        way.add(places.get(from));
        for (int row = rows.get(from) + 1; row < rows.get(to); row++) {
            way.add(places.get(stop(from, to, row)));
        }
        way.add(places.get(to));
        return way;
    }

    private void place(int row, List<String> names, Map<String, List<String>> readFrom) {
        names.sort(Comparator.comparingDouble(name -> readFrom.get(name).stream()
                .map(places::get)
                .mapToDouble(place -> place.column() - (place.of() - 1) / 2.0)
                .average()
                .orElse(0)));
        for (int column = 0; column < names.size(); column++) {
            places.put(names.get(column), new Place(row, column, names.size()));
        }
        widest = Math.max(widest, names.size());
    }

    private static List<String> at(List<List<String>> rows, int row) {
        while (rows.size() <= row) {
            rows.add(new ArrayList<>());
        }
        return rows.get(row);
    }

    /** Names no layer: none has an arrow in its name. */
    private static String stop(String from, String to, int row) {
        return from + "→" + to + "→" + row;
    }
}
