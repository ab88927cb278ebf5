package io.trialstream.rest;

import io.trialstream.rest.ProblemDetail.FieldError;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Broken constraints as a problem: 422 for a body's fields, 400 for parameters. */
final class Violations {

    private Violations() {}

    /** Whether an answer of ours broke a constraint, which is no fault of the request. */
    static boolean areOurs(ConstraintViolationException error) {
        return error.getConstraintViolations().stream().anyMatch(violation -> nodes(violation).stream()
                .anyMatch(node -> node.getKind() == ElementKind.RETURN_VALUE));
    }

    static ApiException problem(ConstraintViolationException error) {
        boolean body = error.getConstraintViolations().stream().anyMatch(Violations::isOfBody);
        String code = body ? "INVALID_REQUEST" : "INVALID_PARAMETER";
        List<FieldError> errors = error.getConstraintViolations().stream()
                .map(violation -> new FieldError(field(violation), code, violation.getMessage()))
                .sorted(Comparator.comparing(FieldError::field))
                .toList();
        return body
                ? ApiException.of(422, code, "The request is not valid", errors)
                : ApiException.of(400, code, "A parameter is not valid", errors);
    }

    private static boolean isOfBody(ConstraintViolation<?> violation) {
        return nodes(violation).stream().anyMatch(node -> node.getKind() == ElementKind.PROPERTY);
    }

    /** The path in the request: without the method, and of a body without the method's name for it. */
    private static String field(ConstraintViolation<?> violation) {
        StringBuilder field = new StringBuilder();
        for (Path.Node node : nodes(violation)) {
            boolean shown = isOfBody(violation)
                    ? node.getKind() == ElementKind.PROPERTY || node.getKind() == ElementKind.CONTAINER_ELEMENT
                    : node.getKind() == ElementKind.PARAMETER;
            if (shown) {
                if (node.isInIterable() && node.getIndex() != null) {
                    field.append('[').append(node.getIndex()).append(']');
                }
                field.append(field.isEmpty() ? "" : ".").append(node.getName());
            }
        }
        return field.toString();
    }

    private static List<Path.Node> nodes(ConstraintViolation<?> violation) {
        List<Path.Node> nodes = new ArrayList<>();
        violation.getPropertyPath().forEach(nodes::add);
        return nodes;
    }
}
