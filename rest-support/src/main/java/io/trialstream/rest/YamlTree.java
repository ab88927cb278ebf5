package io.trialstream.rest;

import java.io.StringReader;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads one YAML document as a tree of JSON's kinds. Aliases and merge keys are resolved; what they expand to is
 * bounded. Plain scalars are read as YAML 1.2's core schema has them: {@code 1e-5} is a number, {@code yes} and {@code
 * 2026-01-31} are texts. Confined to one thread.
 */
final class YamlTree {
    private static final int MOST_LEVELS = 200;
    private static final int MOST_ALIASES = 10_000;

    private final long largest;
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private long size;

    private YamlTree(long largest) {
        this.largest = largest;
    }

    /** A place of the text, and what is wrong there. */
    static final class InvalidYamlException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private InvalidYamlException(Node node, String message) {
            super("line " + (node.getStartMark().getLine() + 1) + ", column "
                    + (node.getStartMark().getColumn() + 1) + ": " + message);
        }

        private InvalidYamlException(String message) {
            super(message);
        }
    }

    /**
     * Reads a document.
     *
     * @param largest how many characters the tree may have as JSON, its aliases resolved
     * @throws InvalidYamlException with line and column
     */
    static Object read(String text, int largest) {
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(MOST_LEVELS);
        options.setMaxAliasesForCollections(MOST_ALIASES);
        options.setCodePointLimit(text.length() + 1);
        DumperOptions unused = new DumperOptions();
        Yaml yaml = new Yaml(new SafeConstructor(options), new Representer(unused), unused, options, new CoreSchema());
        try {
            return new YamlTree(largest).value(yaml.compose(new StringReader(text)));
        } catch (MarkedYAMLException e) {
            throw new InvalidYamlException("line " + (e.getProblemMark().getLine() + 1) + ", column "
                    + (e.getProblemMark().getColumn() + 1) + ": " + e.getProblem());
        } catch (YAMLException e) {
            throw new InvalidYamlException(
                    String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private Object value(Node node) {
        if (node == null) {
            return null;
        }
        if (node instanceof ScalarNode scalar) {
            grow(node, scalar.getValue().length() + 2);
            return scalar(scalar);
        }
        if (!open.add(node)) {
            throw new InvalidYamlException(node, "an alias refers to a node that contains it");
        }
        grow(node, 2);
        try {
            return node instanceof SequenceNode list ? list(list) : object((MappingNode) node);
        } finally {
            open.remove(node);
        }
    }

    private void grow(Node node, long characters) {
        size += characters + 1;
        if (size > largest) {
            throw new InvalidYamlException(
                    node, "with its aliases resolved, the body is larger than " + largest + " characters");
        }
    }

    private List<Object> list(SequenceNode node) {
        requireTag(node, Tag.SEQ);
        List<Object> list = new ArrayList<>();
        node.getValue().forEach(element -> list.add(value(element)));
        return list;
    }

    private Map<String, Object> object(MappingNode node) {
        requireTag(node, Tag.MAP);
        Map<String, Object> object = new LinkedHashMap<>();
        for (NodeTuple member : node.getValue()) {
            if (!isMerge(member)) {
                String name = name(member.getKeyNode());
                if (object.containsKey(name)) {
                    throw new InvalidYamlException(member.getKeyNode(), "the key '" + name + "' occurs twice");
                }
                object.put(name, value(member.getValueNode()));
            }
        }
        node.getValue().stream().filter(YamlTree::isMerge).forEach(member -> merge(member.getValueNode(), object));
        return object;
    }

    /** What the object itself says goes before what it merges, and of several the first. */
    private void merge(Node node, Map<String, Object> into) {
        if (node instanceof SequenceNode several) {
            several.getValue().forEach(one -> merge(one, into));
        } else if (node instanceof MappingNode && value(node) instanceof Map<?, ?> merged) {
            merged.forEach((name, value) -> into.putIfAbsent((String) name, value));
        } else {
            throw new InvalidYamlException(node, "'<<' takes an object or a list of objects");
        }
    }

    private static boolean isMerge(NodeTuple member) {
        return member.getKeyNode().getTag().equals(Tag.MERGE);
    }

    private String name(Node key) {
        if (key instanceof ScalarNode scalar) {
            grow(key, scalar.getValue().length() + 2);
            return scalar.getValue();
        }
        throw new InvalidYamlException(key, "keys must be strings");
    }

    private static Object scalar(ScalarNode node) {
        String text = node.getValue();
        Tag tag = node.getTag();
        if (tag.equals(Tag.STR)) {
            return text;
        }
        if (tag.equals(Tag.NULL)) {
            return null;
        }
        try {
            if (tag.equals(Tag.BOOL) && CoreSchema.BOOL.matcher(text).matches()) {
                return Boolean.valueOf(text);
            }
            if (tag.equals(Tag.INT)) {
                return whole(text);
            }
            if (tag.equals(Tag.FLOAT)) {
                return number(text);
            }
        } catch (NumberFormatException e) {
            throw new InvalidYamlException(node, "'" + text + "' is not a number");
        }
        throw new InvalidYamlException(node, "the tag " + tag + " is not supported");
    }

    private static Number whole(String text) {
        BigInteger whole = text.startsWith("0x") ? new BigInteger(text.substring(2), 16) : new BigInteger(text);
        if (whole.bitLength() < Integer.SIZE) {
            return whole.intValue();
        }
        return whole.bitLength() < Long.SIZE ? (Number) whole.longValue() : whole;
    }

    private static double number(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".inf")) {
            return lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return lower.equals(".nan") ? Double.NaN : Double.parseDouble(text);
    }

    private static void requireTag(Node node, Tag known) {
        if (!node.getTag().equals(known)) {
            throw new InvalidYamlException(node, "the tag " + node.getTag() + " is not supported");
        }
    }

    /** The core schema of YAML 1.2, and merge keys. */
    private static final class CoreSchema extends Resolver {
        private static final Pattern BOOL = Pattern.compile("true|True|TRUE|false|False|FALSE");
        private static final Pattern NULL = Pattern.compile("~|null|Null|NULL|");
        private static final Pattern INT = Pattern.compile("[-+]?(0|[1-9][0-9]{0,400})|0x[0-9a-fA-F]{1,100}");
        private static final Pattern FLOAT = Pattern.compile(
                "[-+]?(\\.[0-9]+|(0|[1-9][0-9]*)(\\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.BOOL, BOOL, "tTfF");
            addImplicitResolver(Tag.INT, INT, "-+0123456789");
            addImplicitResolver(Tag.FLOAT, FLOAT, "-+0123456789.");
            addImplicitResolver(Tag.MERGE, Pattern.compile("<<"), "<");
            addImplicitResolver(Tag.NULL, NULL, "~nN\0");
            addImplicitResolver(Tag.NULL, Pattern.compile("^$"), null);
        }
    }
}
