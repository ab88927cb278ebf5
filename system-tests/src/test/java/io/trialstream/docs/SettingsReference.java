package io.trialstream.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Writes {@code docs/settings.md}: every setting of every service, made from the sources that define them. */
final class SettingsReference {

    private static final String INTRODUCTION =
            """
            # Settings

            Every setting of every service, made from the sources that define them; a test keeps this page true. After a change,
            write it anew with `mvn -pl system-tests -am test -Dtest=SettingsReferenceTest -Dtrialstream.write=true
            -Dsurefire.failIfNoSpecifiedTests=false`.

            A setting is given by its environment variable, as a system property (`-Dkey=value`), or in
            `config/application.properties` beside the service. `NAME` stands for a name of yours, in lower case in the variable's
            place. Durations are ISO 8601, such as `PT2S`. The services are Quarkus applications, so every `quarkus.*` key works
            too; those that a service sets itself are listed at its end.
            """;

    private final Path root;

    SettingsReference(Path root) {
        this.root = root;
    }

    /** The page as it should be. */
    String page() {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        for (Part part : Part.values()) {
            page.append("\n## ").append(part.title).append('\n');
            List<Setting> settings = part.modules.stream()
                    .flatMap(module -> settings(module).stream())
                    .toList();
            append(page, settings);
            List<Setting> preset = part.modules.stream()
                    .flatMap(module -> preset(module).stream())
                    .toList();
            if (!preset.isEmpty()) {
                page.append("\nSet for the frameworks:\n");
                append(page, preset);
            }
        }
        return page.toString();
    }

    private static void append(StringBuilder page, List<Setting> settings) {
        page.append("\n| key | environment variable | default | meaning |\n|---|---|---|---|\n");
        for (Setting setting : settings) {
            page.append("| `%s` | `%s` | %s | %s |\n"
                    .formatted(
                            setting.key(),
                            setting.environmentVariable(),
                            setting.defaultValue()
                                    .map(value -> "`" + value + "`")
                                    .orElse(""),
                            setting.meaning().replace("|", "\\|")));
        }
    }

    private List<Setting> settings(String module) {
        try (Stream<Path> files = Files.walk(root.resolve(module).resolve("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> text(file).contains("@ConfigMapping("))
                    .sorted()
                    .flatMap(file -> SettingsSource.read(file).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The keys that a service gives its frameworks, each with the comment above it. */
    private List<Setting> preset(String module) {
        Path resources = root.resolve(module).resolve("src/main/resources");
        return Stream.of("application.properties", "META-INF/microprofile-config.properties")
                .map(resources::resolve)
                .filter(Files::exists)
                .flatMap(file -> preset(text(file).lines().toList()).stream())
                .toList();
    }

    private static List<Setting> preset(List<String> lines) {
        List<Setting> settings = new ArrayList<>();
        StringBuilder comment = new StringBuilder();
        for (String line : lines) {
            int equals = line.indexOf('=');
            if (line.startsWith("#")) {
                comment.append(line.substring(1).trim()).append(' ');
                continue;
            }
            if (equals > 0 && !line.startsWith("%")) {
                String value = line.substring(equals + 1).trim();
                settings.add(new Setting(
                        line.substring(0, equals).trim(),
                        Optional.of(value),
                        comment.toString().trim()));
            }
            comment.setLength(0);
        }
        return settings;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The page's sections, and the modules whose settings each of them shows. */
    private enum Part {
        SUGGESTER("Suggester", "suggester-service"),
        RESULTS("Results", "results-service"),
        BOTH("Suggester and results: requests and access", "rest-support"),
        TRAINER("Trainers", "trainer-service/core"),
        LIBTORCH("Trainers with libtorch", "trainer-service/libtorch");

        private final String title;
        private final List<String> modules;

        Part(String title, String... modules) {
            this.title = title;
            this.modules = List.of(modules);
        }
    }
}
