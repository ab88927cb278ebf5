package io.trialstream.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for every page of the project: lines that fit, links that lead somewhere. */
class MarkdownTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final int LONGEST_LINE = 120;
    private static final Set<String> NOT_OURS = Set.of("target", ".git", ".trialstream", "node_modules");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)(#[^)\\s]*)?\\)");

    @Test
    void shouldWrapProseAt120() {
        assertThat(pages().flatMap(page -> longLines(page).stream())).isEmpty();
    }

    @Test
    void shouldLinkToFilesThatExist() {
        assertThat(pages().flatMap(page -> deadLinks(page).stream())).isEmpty();
    }

    /** Tables, code and lines that are one long word cannot be wrapped. */
    private static List<String> longLines(Path page) {
        List<String> found = new ArrayList<>();
        boolean code = false;
        for (String line : lines(page)) {
            String text = line.strip();
            if (text.startsWith("```")) {
                code = !code;
            } else if (!code
                    && line.length() > LONGEST_LINE
                    && !text.startsWith("|")
                    && !text.startsWith("#")
                    && text.replaceFirst("^([-*]|\\d+\\.) ", "").contains(" ")) {
                found.add(ROOT.relativize(page) + ": " + line);
            }
        }
        return found;
    }

    private static List<String> deadLinks(Path page) {
        List<String> found = new ArrayList<>();
        boolean code = false;
        for (String line : lines(page)) {
            code ^= line.strip().startsWith("```");
            Matcher link = LINK.matcher(line);
            while (!code && link.find()) {
                String target = link.group(1);
                if (!target.contains(":") && !Files.exists(page.resolveSibling(target))) {
                    found.add(ROOT.relativize(page) + ": " + target);
                }
            }
        }
        return found;
    }

    private static Stream<Path> pages() {
        List<Path> pages = new ArrayList<>();
        collect(ROOT, pages);
        return pages.stream();
    }

    private static void collect(Path directory, List<Path> pages) {
        try (Stream<Path> children = Files.list(directory)) {
            for (Path child : children.sorted().toList()) {
                String name = child.getFileName().toString();
                if (Files.isDirectory(child)) {
                    if (!NOT_OURS.contains(name) && !name.startsWith(".venv")) {
                        collect(child, pages);
                    }
                } else if (name.endsWith(".md")) {
                    pages.add(child);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path page) {
        try {
            return Files.readAllLines(page, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
