package io.trialstream.rest;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which methods a path has: an answer 405 must say it (RFC 9110, 15.5.6), and the framework's does not. */
@Singleton
class AllowedMethods {
    private static final String PARAMETER = "\\{[^}]*}";

    private final List<Route> routes;

    private record Route(Pattern path, String method) {}

    AllowedMethods(BeanManager beans) {
        routes = beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .map(bean -> (Class<?>) bean.getBeanClass())
                .filter(type -> type.isAnnotationPresent(Path.class))
                .distinct()
                .flatMap(type -> methods(type).flatMap(method -> routes(type, method)))
                .toList();
    }

    /** The methods of this path in alphabetical order, with commas between them. */
    String at(String path) {
        return routes.stream()
                .filter(route -> route.path().matcher(path).matches())
                .map(Route::method)
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .collect(Collectors.joining(", "));
    }

    /** Whether there is such a path, but not with this method; below some paths the framework calls that not found. */
    boolean refuses(String path, String method) {
        List<String> methods = routes.stream()
                .filter(route -> route.path().matcher(path).matches())
                .map(Route::method)
                .toList();
        return !methods.isEmpty()
                && !methods.contains(method)
                && !(method.equals(HttpMethod.HEAD) && methods.contains(HttpMethod.GET));
    }

    /** Annotations of a method may stand in an interface. */
    private static Stream<Method> methods(Class<?> type) {
        return Stream.concat(Stream.of(type), Stream.of(type.getInterfaces()))
                .flatMap(declaring -> Stream.of(declaring.getMethods()));
    }

    private static Stream<Route> routes(Class<?> type, Method method) {
        Path sub = method.getAnnotation(Path.class);
        String template = type.getAnnotation(Path.class).value() + "/" + (sub == null ? "" : sub.value());
        String regex = Stream.of(template.split("/"))
                .filter(segment -> !segment.isEmpty())
                .map(segment -> segment.matches(PARAMETER) ? "/[^/]+" : "/" + Pattern.quote(segment))
                .collect(Collectors.joining("", "", "/?"));
        return Stream.of(method.getAnnotations())
                .map(Annotation::annotationType)
                .filter(verb -> verb.isAnnotationPresent(HttpMethod.class))
                .map(verb -> new Route(
                        Pattern.compile(regex),
                        verb.getAnnotation(HttpMethod.class).value()));
    }
}
