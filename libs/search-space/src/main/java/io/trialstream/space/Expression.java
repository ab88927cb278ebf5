package io.trialstream.space;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A node of a space: what its place in a configuration's values can become. Parameters are referred to by index. */
sealed interface Expression {
    /** The value, given the numbers of the active parameters. */
    Object resolve(double[] numbers, List<Parameter> parameters);

    /** A value that is always the same. */
    record Constant(Object value) implements Expression {
        @Override
        public Object resolve(double[] numbers, List<Parameter> parameters) {
            return value;
        }
    }

    /**
     * An object whose members are expressions. Values show them as written; parameters are numbered and drawn by name,
     * so that a suggestion does not depend on an order that a JSON store may change.
     *
     * @param members in the order written
     * @param byName the same expressions by their names
     */
    record Members(Map<String, Expression> members, List<Expression> byName) implements Expression {
        @Override
        public Map<String, Object> resolve(double[] numbers, List<Parameter> parameters) {
            Map<String, Object> values = new LinkedHashMap<>();
            members.forEach((key, member) -> values.put(key, member.resolve(numbers, parameters)));
            return Collections.unmodifiableMap(values);
        }
    }

    /** An array whose elements are expressions. */
    record Elements(List<Expression> elements) implements Expression {
        @Override
        public List<Object> resolve(double[] numbers, List<Parameter> parameters) {
            List<Object> values = new ArrayList<>(elements.size());
            elements.forEach(element -> values.add(element.resolve(numbers, parameters)));
            return Collections.unmodifiableList(values);
        }
    }

    /** A drawn number. */
    record Draw(int parameter) implements Expression {
        @Override
        public Number resolve(double[] numbers, List<Parameter> parameters) {
            return Double.isNaN(numbers[parameter]) ? null : parameters.get(parameter).distribution().present(numbers[parameter]);
        }
    }

    /** One of several expressions. */
    record Branch(int parameter, List<Expression> options) implements Expression {
        @Override
        public Object resolve(double[] numbers, List<Parameter> parameters) {
            return Double.isNaN(numbers[parameter]) ? null : options.get((int) numbers[parameter]).resolve(numbers, parameters);
        }
    }
}
