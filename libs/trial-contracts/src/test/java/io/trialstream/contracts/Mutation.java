package io.trialstream.contracts;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One change to a golden tree.
 *
 * @param at where
 * @param value what stands there instead; empty to remove it
 */
record Mutation(JsonPointer at, Optional<JsonNode> value) {

    static Mutation remove(String pointer) {
        return new Mutation(JsonPointer.compile(pointer), Optional.empty());
    }

    static Mutation set(String pointer, Object value) {
        return new Mutation(JsonPointer.compile(pointer), Optional.of(Golden.PLAIN.valueToTree(value)));
    }

    /** A copy of the tree with this change. */
    ObjectNode of(ObjectNode tree) {
        ObjectNode copy = tree.deepCopy();
        JsonNode parent = copy.at(at.head());
        String last = at.last().getMatchingProperty();
        if (parent instanceof ArrayNode array) {
            int index = Integer.parseInt(last);
            value.ifPresentOrElse(v -> array.set(index, v), () -> array.remove(index));
        } else {
            ObjectNode object = (ObjectNode) parent;
            value.ifPresentOrElse(v -> object.set(last, v), () -> object.remove(last));
        }
        return copy;
    }

    /** Every place in a tree but its root. */
    static List<JsonPointer> places(JsonNode tree) {
        List<JsonPointer> places = new ArrayList<>();
        collect(tree, JsonPointer.empty(), places);
        return places;
    }

    private static void collect(JsonNode node, JsonPointer here, List<JsonPointer> places) {
        node.properties().forEach(field -> {
            JsonPointer place = here.appendProperty(field.getKey());
            places.add(place);
            collect(field.getValue(), place, places);
        });
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            JsonPointer place = here.appendIndex(i);
            places.add(place);
            collect(node.get(i), place, places);
        }
    }

    @Override
    public String toString() {
        return at + (value.isPresent() ? " = " + value.get() : " removed");
    }
}
