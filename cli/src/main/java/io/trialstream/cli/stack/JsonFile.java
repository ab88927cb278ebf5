package io.trialstream.cli.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** A value kept as JSON in a file that is never seen half written. */
final class JsonFile<T> {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final Path file;
    private final TypeReference<T> type;

    JsonFile(Path file, TypeReference<T> type) {
        this.file = file;
        this.type = type;
    }

    /**
     * Answers what is written down; empty where there is nothing, or nothing that can be understood: a machine that
     * went down leaves an empty file, and nobody is helped by a stack that never starts again for it.
     */
    Optional<T> read() {
        try {
            return Optional.ofNullable(JSON.readValue(Files.readAllBytes(file), type));
        } catch (NoSuchFileException | JsonProcessingException nothing) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StackException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    void write(T value) {
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        try {
            JSON.writeValue(unfinished.toFile(), value);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            delete(unfinished);
            throw new StackException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private static void delete(Path unfinished) {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            // It is overwritten the next time.
        }
    }
}
