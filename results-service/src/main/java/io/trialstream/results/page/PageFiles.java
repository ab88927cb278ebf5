package io.trialstream.results.page;

import io.quarkus.runtime.util.ClassPathUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The dashboard's files by their names, as its jar has them. Immutable. */
final class PageFiles {
    private static final String ROOT = "dashboard";
    private static final int HASH_CHARACTERS = 16;
    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private final Map<String, byte[]> contents;
    private final String hash;

    private PageFiles(TreeMap<String, byte[]> contents) {
        this.contents = contents;
        this.hash = hashOf(contents);
    }

    /** The files of the class path. */
    static PageFiles read() {
        TreeMap<String, byte[]> contents = new TreeMap<>();
        try {
            ClassPathUtils.consumeAsPaths(ROOT, directory -> addAll(directory, contents));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new PageFiles(contents);
    }

    /** The file of this name, such as {@code views/study.js}. */
    Optional<byte[]> find(String name) {
        return Optional.ofNullable(contents.get(name));
    }

    /** What all names and contents come to: other files, another hash. */
    String hash() {
        return hash;
    }

    /** What a browser is told that a file is. */
    static String mediaType(String name) {
        return MEDIA_TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
    }

    private static void addAll(Path directory, Map<String, byte[]> contents) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                contents.put(directory.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hashOf(TreeMap<String, byte[]> contents) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            contents.forEach((name, content) -> {
                digest.update((name + " " + content.length + " ").getBytes(StandardCharsets.UTF_8));
                digest.update(content);
            });
            return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
