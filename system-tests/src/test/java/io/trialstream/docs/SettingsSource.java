package io.trialstream.docs;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Reads the settings out of the source of a {@code @ConfigMapping} interface: names and defaults from its methods and
 * their annotations, meanings from their Javadoc. Nested interfaces are groups of settings; a map stands for settings
 * with a name of the user's, shown as {@code NAME}.
 */
final class SettingsSource {
    private static final String MAPPING = "ConfigMapping";

    private final CompilationUnitTree unit;
    private final DocTrees docs;

    private SettingsSource(CompilationUnitTree unit, DocTrees docs) {
        this.unit = unit;
        this.docs = docs;
    }

    /** All settings of the {@code @ConfigMapping} interfaces in this file, in the order in which they stand there. */
    static List<Setting> read(Path file) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task =
                    (JavacTask) compiler.getTask(null, files, null, null, null, files.getJavaFileObjects(file));
            List<Setting> settings = new ArrayList<>();
            for (CompilationUnitTree unit : task.parse()) {
                new SettingsSource(unit, DocTrees.instance(task)).collect(settings);
            }
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void collect(List<Setting> settings) {
        for (Tree type : unit.getTypeDecls()) {
            if (type instanceof ClassTree mapping) {
                argument(mapping.getModifiers(), MAPPING, "prefix")
                        .ifPresent(prefix -> collect(prefix, new TreePath(new TreePath(unit), mapping), settings));
            }
        }
    }

    private void collect(String prefix, TreePath type, List<Setting> settings) {
        ClassTree mapping = (ClassTree) type.getLeaf();
        for (Tree member : mapping.getMembers()) {
            if (member instanceof MethodTree method && isSetting(method)) {
                add(prefix, type, method, settings);
            }
        }
    }

    private void add(String prefix, TreePath type, MethodTree method, List<Setting> settings) {
        String own = argument(method.getModifiers(), "WithName", "value")
                .orElseGet(() -> dashed(method.getName().toString()));
        boolean isMap = named(method.getReturnType(), "Map");
        String key = prefix + "." + own + (isMap ? ".NAME" : "");
        Optional<TreePath> group = nested(type, valueType(method.getReturnType()));
        if (group.isPresent()) {
            collect(key, group.get(), settings);
        } else {
            settings.add(new Setting(
                    key, argument(method.getModifiers(), "WithDefault", "value"), meaning(new TreePath(type, method))));
        }
    }

    private static boolean isSetting(MethodTree method) {
        return method.getParameters().isEmpty()
                && !method.getModifiers().getFlags().contains(Modifier.DEFAULT)
                && !method.getModifiers().getFlags().contains(Modifier.STATIC);
    }

    /** The type of a setting's value: the last argument of {@code Map<String, V>} or {@code Optional<V>}. */
    private static String valueType(Tree type) {
        if (type instanceof ParameterizedTypeTree generic) {
            List<? extends Tree> arguments = generic.getTypeArguments();
            return valueType(arguments.get(arguments.size() - 1));
        }
        return type.toString();
    }

    private static boolean named(Tree type, String name) {
        return type instanceof ParameterizedTypeTree generic
                && generic.getType().toString().equals(name);
    }

    private static Optional<TreePath> nested(TreePath type, String name) {
        return ((ClassTree) type.getLeaf())
                .getMembers().stream()
                        .filter(ClassTree.class::isInstance)
                        .filter(member -> ((ClassTree) member).getSimpleName().contentEquals(name)
                                && member.getKind() == Tree.Kind.INTERFACE)
                        .map(member -> new TreePath(type, member))
                        .findFirst();
    }

    private static Optional<String> argument(ModifiersTree modifiers, String annotation, String name) {
        return modifiers.getAnnotations().stream()
                .filter(candidate -> candidate.getAnnotationType().toString().equals(annotation))
                .flatMap(candidate -> values(candidate, name).stream())
                .findFirst();
    }

    private static List<String> values(AnnotationTree annotation, String name) {
        return annotation.getArguments().stream()
                .filter(argument -> name(argument).equals(name))
                .map(argument -> literal(argument instanceof AssignmentTree named ? named.getExpression() : argument))
                .toList();
    }

    /** An annotation's only argument may stand without its name, which is {@code value}. */
    private static String name(ExpressionTree argument) {
        return argument instanceof AssignmentTree named ? named.getVariable().toString() : "value";
    }

    private static String literal(ExpressionTree expression) {
        if (expression instanceof com.sun.source.tree.LiteralTree literal) {
            return String.valueOf(literal.getValue());
        }
        throw new IllegalArgumentException("not a literal: " + expression);
    }

    private String meaning(TreePath method) {
        DocCommentTree comment = docs.getDocCommentTree(method);
        if (comment == null) {
            throw new IllegalArgumentException("without Javadoc: " + method.getLeaf());
        }
        return comment.getFullBody().stream()
                .map(SettingsSource::plain)
                .collect(Collectors.joining())
                .replaceAll("\\s+", " ")
                .trim();
    }

    private static String plain(DocTree part) {
        if (part instanceof LiteralTree literal) {
            return "`" + literal.getBody().getBody().trim() + "`";
        }
        if (part instanceof LinkTree link) {
            return "`" + link.getReference().getSignature().replaceFirst("^#", "") + "`";
        }
        return part.toString();
    }

    private static String dashed(String camelCase) {
        return camelCase.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
