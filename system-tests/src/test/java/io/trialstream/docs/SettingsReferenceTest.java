package io.trialstream.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReferenceTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    @Test
    void shouldDescribeEverySettingOfEveryService() throws IOException {
        // Given
        Path page = ROOT.resolve("docs/settings.md");
        String expected = new SettingsReference(ROOT).page();
        if (Boolean.getBoolean("trialstream.write")) {
            Files.writeString(page, expected, StandardCharsets.UTF_8);
        }

        // Then
        assertThat(Files.readString(page, StandardCharsets.UTF_8))
                .as("docs/settings.md is not what the sources say; the page tells how to write it anew")
                .isEqualTo(expected);
    }

    @Test
    void shouldMissNoInterfaceWithSettings() throws IOException {
        // Given
        List<Path> sources;
        try (Stream<Path> files = Files.walk(ROOT)) {
            sources = files.filter(file -> file.toString().contains("src/main/java"))
                    .filter(file -> file.toString().endsWith(".java"))
                    .toList();
        }

        // When
        List<String> keys = sources.stream()
                .filter(SettingsReferenceTest::mapsSettings)
                .flatMap(file -> SettingsSource.read(file).stream())
                .map(Setting::key)
                .distinct()
                .toList();

        // Then
        assertThat(keys).isNotEmpty();
        assertThat(new SettingsReference(ROOT).page())
                .contains(keys.stream().map(key -> "| `" + key + "` |").toArray(String[]::new));
    }

    @Test
    void shouldReadNamesDefaultsGroupsAndMapsOutOfASource(@TempDir Path directory) throws IOException {
        // Given
        Path file = Files.writeString(
                directory.resolve("Keys.java"),
                """
                @ConfigMapping(prefix = "a.b")
                interface Keys {
                    /** Where {@code x} is,
                     * or not. */
                    @WithDefault("PT2S")
                    Duration someTime();

                    /** A group. */
                    Group live();

                    /** By name. */
                    Map<String, Group> many();

                    /** Not a setting. */
                    default String text() { return ""; }

                    interface Group {
                        /** Perhaps. */
                        @WithName("other")
                        Optional<String> maybe();
                    }
                }
                """);

        // Then
        assertThat(SettingsSource.read(file))
                .containsExactly(
                        new Setting("a.b.some-time", Optional.of("PT2S"), "Where `x` is, or not."),
                        new Setting("a.b.live.other", Optional.empty(), "Perhaps."),
                        new Setting("a.b.many.NAME.other", Optional.empty(), "Perhaps."));
        assertThat(SettingsSource.read(file).get(2).environmentVariable()).isEqualTo("A_B_MANY_NAME_OTHER");
    }

    private static boolean mapsSettings(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8).contains("@ConfigMapping(");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
