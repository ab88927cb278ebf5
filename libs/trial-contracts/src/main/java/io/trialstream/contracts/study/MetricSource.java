package io.trialstream.contracts.study;

import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Where a metric is read of a program that does not report it. */
public sealed interface MetricSource {

    /** The form that it has in a program's definition. */
    Map<String, Object> toTree();

    /**
     * Lines of the program's output.
     *
     * @param pattern is looked for in each line; its group {@code value}, or else its first one, is the number
     */
    record Output(Pattern pattern) implements MetricSource {
        @Override
        public Map<String, Object> toTree() {
            return Map.of("regex", pattern.pattern());
        }

        /** Patterns are equal when their texts are. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Output output && output.pattern.pattern().equals(pattern.pattern());
        }

        @Override
        public int hashCode() {
            return pattern.pattern().hashCode();
        }
    }

    /**
     * A JSON file that the program writes.
     *
     * @param file its path; what is relative lies in the program's directory
     * @param pointer to the number, as RFC 6901 says
     */
    record JsonFile(String file, String pointer) implements MetricSource {
        /** Refuses absent texts. */
        public JsonFile {
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(pointer, "pointer");
        }

        @Override
        public Map<String, Object> toTree() {
            return Map.of("file", file, "pointer", pointer);
        }
    }

    /**
     * Event files that the program writes for TensorBoard.
     *
     * @param directory in which they are, at any depth; what is relative lies in the program's directory
     * @param tag of the scalar
     */
    record TensorBoard(String directory, String tag) implements MetricSource {
        /** Refuses absent texts. */
        public TensorBoard {
            Objects.requireNonNull(directory, "directory");
            Objects.requireNonNull(tag, "tag");
        }

        @Override
        public Map<String, Object> toTree() {
            return Map.of("tensorboard", directory, "tag", tag);
        }
    }

    /** Reads one; null where something is wrong, which the reader has noted. */
    static MetricSource read(TreeReader tree) {
        MetricSource source = null;
        if (tree.get("regex") != null) {
            source = output(tree);
        } else if (tree.get("file") != null) {
            String file = tree.requiredText("file");
            String pointer = tree.requiredText("pointer");
            if (pointer != null && !pointer.startsWith("/")) {
                tree.problem("pointer", "INVALID_FIELD", "must begin with /, got '" + pointer + "'");
            } else if (file != null && pointer != null) {
                source = new JsonFile(file, pointer);
            }
        } else if (tree.get("tensorboard") != null) {
            String directory = tree.requiredText("tensorboard");
            String tag = tree.requiredText("tag");
            source = directory == null || tag == null ? null : new TensorBoard(directory, tag);
        } else {
            tree.problem(
                    "", "MISSING_FIELD", "needs regex, or file and pointer, or tensorboard and tag: where it is read");
        }
        tree.refuseUnknown();
        return source;
    }

    private static MetricSource output(TreeReader tree) {
        String regex = tree.requiredText("regex");
        if (regex == null) {
            return null;
        }
        try {
            Pattern pattern = Pattern.compile(regex);
            if (pattern.matcher("").groupCount() > 0) {
                return new Output(pattern);
            }
            tree.problem("regex", "INVALID_FIELD", "needs a group around the number, such as acc=([0-9.]+)");
        } catch (PatternSyntaxException e) {
            tree.problem("regex", "INVALID_FIELD", "is no regular expression: " + e.getDescription());
        }
        return null;
    }
}
