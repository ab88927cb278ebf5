package io.trialstream.results.read;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which fields of trials are shown, and of their objects which members. Immutable. */
public final class Selection {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Selection ALL = new Selection(
            EnumSet.allOf(TrialField.class).stream().collect(Collectors.toMap(field -> field, field -> Set.of())));

    /** The members shown of each field; none named means all. */
    private final EnumMap<TrialField, Set<String>> members;

    private Selection(Map<TrialField, Set<String>> members) {
        this.members = new EnumMap<>(members);
    }

    /** Every field. */
    public static Selection all() {
        return ALL;
    }

    /** These fields, whole. */
    public static Selection of(TrialField... fields) {
        return new Selection(List.of(fields).stream().collect(Collectors.toMap(field -> field, field -> Set.of())));
    }

    /**
     * The fields of these names; {@code configuration.lr} is one member of an object.
     *
     * @throws IllegalArgumentException saying which name means nothing
     */
    public static Selection parse(List<String> names) {
        Map<TrialField, Set<String>> members = new EnumMap<>(TrialField.class);
        Set<TrialField> whole = EnumSet.noneOf(TrialField.class);
        for (String name : names) {
            int dot = name.indexOf('.');
            TrialField field = TrialField.named(dot < 0 ? name : name.substring(0, dot))
                    .filter(known -> dot < 0 || known.isTree() && dot < name.length() - 1)
                    .orElseThrow(() -> new IllegalArgumentException("trials have no field '" + name + "'"));
            Set<String> shown = members.computeIfAbsent(field, any -> new TreeSet<>());
            if (dot < 0) {
                whole.add(field);
            } else {
                shown.add(name.substring(dot + 1));
            }
        }
        whole.forEach(field -> members.put(field, Set.of()));
        return new Selection(members);
    }

    /** The columns to be read, as names of the table {@code t}. */
    public String columns() {
        return members.keySet().stream()
                .flatMap(field -> field.columns().stream())
                .map(column -> "t." + column)
                .collect(Collectors.joining(", "));
    }

    /** Writes the trial that a result stands on, as an object. */
    public void write(ResultSet row, JsonGenerator json) throws SQLException {
        try {
            json.writeStartObject();
            writeFields(row, json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes its fields into the object that is open. */
    public void writeFields(ResultSet row, JsonGenerator json) throws SQLException, IOException {
        for (Map.Entry<TrialField, Set<String>> shown : members.entrySet()) {
            if (shown.getValue().isEmpty()) {
                shown.getKey().write(row, json);
            } else {
                writeMembers(shown.getKey(), shown.getValue(), row, json);
            }
        }
    }

    private static void writeMembers(TrialField field, Set<String> members, ResultSet row, JsonGenerator json)
            throws SQLException, IOException {
        byte[] stored = row.getBytes(field.columns().get(0));
        json.writeObjectFieldStart(field.json());
        if (stored != null) {
            try (JsonParser tree = JSON.createParser(stored)) {
                tree.nextToken();
                copyMembers(tree, members, json);
            }
        }
        json.writeEndObject();
    }

    private static void copyMembers(JsonParser tree, Set<String> members, JsonGenerator json) throws IOException {
        while (tree.nextToken() == JsonToken.FIELD_NAME) {
            if (members.contains(tree.currentName())) {
                json.copyCurrentStructure(tree);
            } else {
                tree.nextToken();
                tree.skipChildren();
            }
        }
    }

    @Override
    public String toString() {
        return members.toString();
    }
}
