package io.trialstream.space;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;

/** A node of a space: what its place in a configuration's values can become. Parameters are referred to by index. */
sealed interface Expression {
    /** The value, given the numbers of the active parameters; null where a number is missing. */
    Object resolve(double[] numbers, List<Parameter> parameters);

    /**
     * Asks for the number of each parameter that becomes active, a choice before what it gates. A choice that gets NaN
     * opens nothing.
     */
    void walk(IntToDoubleFunction numbers);

    /** How many assignments there are below this node; empty if there is no end to them. */
    Optional<BigInteger> cardinality(List<Parameter> parameters);

    /** The names that every value has which this node can become; none where a value may be no object. */
    default Set<String> certainNames() {
        return Set.of();
    }

    private static Optional<BigInteger> product(List<Expression> factors, List<Parameter> parameters) {
        Optional<BigInteger> product = Optional.of(BigInteger.ONE);
        for (Expression factor : factors) {
            Optional<BigInteger> count = factor.cardinality(parameters);
            product = product.flatMap(p -> count.map(p::multiply));
        }
        return product;
    }

    /** A value that is always the same. */
    record Constant(Object value) implements Expression {
        @Override
        public Object resolve(double[] numbers, List<Parameter> parameters) {
            return value;
        }

        @Override
        public Set<String> certainNames() {
            return value instanceof Map<?, ?> map
                    ? map.keySet().stream().map(String::valueOf).collect(Collectors.toSet())
                    : Set.of();
        }

        @Override
        public void walk(IntToDoubleFunction numbers) {
            // Nothing is drawn.
        }

        @Override
        public Optional<BigInteger> cardinality(List<Parameter> parameters) {
            return Optional.of(BigInteger.ONE);
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

        @Override
        public Set<String> certainNames() {
            return members.keySet();
        }

        @Override
        public void walk(IntToDoubleFunction numbers) {
            byName.forEach(member -> member.walk(numbers));
        }

        @Override
        public Optional<BigInteger> cardinality(List<Parameter> parameters) {
            return product(byName, parameters);
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

        @Override
        public void walk(IntToDoubleFunction numbers) {
            elements.forEach(element -> element.walk(numbers));
        }

        @Override
        public Optional<BigInteger> cardinality(List<Parameter> parameters) {
            return product(elements, parameters);
        }
    }

    /** A drawn number. */
    record Draw(int parameter) implements Expression {
        @Override
        public Number resolve(double[] numbers, List<Parameter> parameters) {
            double number = numbers[parameter];
            return Double.isNaN(number)
                    ? null
                    : parameters.get(parameter).distribution().present(number);
        }

        /** The visit counts, not the number. */
        @Override
        @SuppressWarnings("ReturnValueIgnored")
        public void walk(IntToDoubleFunction numbers) {
            numbers.applyAsDouble(parameter);
        }

        @Override
        public Optional<BigInteger> cardinality(List<Parameter> parameters) {
            return parameters.get(parameter).distribution().cardinality();
        }
    }

    /** One of several expressions. */
    record Branch(int parameter, List<Expression> options) implements Expression {
        @Override
        public Set<String> certainNames() {
            Set<String> common = new LinkedHashSet<>(options.get(0).certainNames());
            options.forEach(option -> common.retainAll(option.certainNames()));
            return common;
        }

        @Override
        public Object resolve(double[] numbers, List<Parameter> parameters) {
            double number = numbers[parameter];
            return Double.isNaN(number) ? null : options.get((int) number).resolve(numbers, parameters);
        }

        @Override
        public void walk(IntToDoubleFunction numbers) {
            double number = numbers.applyAsDouble(parameter);
            if (!Double.isNaN(number)) {
                options.get((int) number).walk(numbers);
            }
        }

        @Override
        public Optional<BigInteger> cardinality(List<Parameter> parameters) {
            Optional<BigInteger> sum = Optional.of(BigInteger.ZERO);
            for (int option = 0; option < options.size(); option++) {
                if (parameters.get(parameter).distribution().accepts(option)) {
                    Optional<BigInteger> count = options.get(option).cardinality(parameters);
                    sum = sum.flatMap(s -> count.map(s::add));
                }
            }
            return sum;
        }
    }
}
