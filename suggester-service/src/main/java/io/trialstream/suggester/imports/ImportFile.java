package io.trialstream.suggester.imports;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A file with trials, one after the other: a JSON object a line, one JSON object, or a zip archive of JSON files. It
 * can be gone through again and again. What it may hold is bounded, also once it is unpacked.
 */
final class ImportFile {
    /** How many trials a file may have. */
    static final int MOST_TRIALS = 10_000;

    private static final int LARGEST_TRIAL = 4 * 1024 * 1024;
    private static final long LARGEST_UNPACKED = 512L * 1024 * 1024;
    /** Python writes NaN and Infinity. */
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final byte[] content;
    private final Kind kind;

    /** How a file holds its trials. */
    enum Kind {
        /** One JSON object a line. */
        LINES,
        /** One JSON object. */
        SINGLE,
        /** A zip archive of files of one JSON object each. */
        ZIP
    }

    /**
     * A trial of the file.
     *
     * @param place where it is, for people
     * @param tree what stands there, if it is a JSON object
     * @param fault why it cannot be read, if so
     */
    record Entry(String place, Optional<JsonNode> tree, Optional<String> fault) {}

    ImportFile(byte[] content, Kind kind) {
        this.content = content;
        this.kind = kind;
    }

    /**
     * Goes through all trials in the order of the file.
     *
     * @throws ImportRefusedException if it is not such a file, or holds too much
     */
    void forEach(Consumer<Entry> action) {
        switch (kind) {
            case LINES -> lines(counted(action));
            case SINGLE -> counted(action).accept(entry("file", content));
            case ZIP -> unzip(counted(action));
        }
    }

    private void lines(Consumer<Entry> action) {
        int line = 0;
        int start = 0;
        while (start < content.length) {
            int end = start;
            while (end < content.length && content[end] != '\n') {
                end++;
            }
            line++;
            byte[] bytes = Arrays.copyOfRange(content, start, end);
            if (!new String(bytes, StandardCharsets.UTF_8).isBlank()) {
                action.accept(entry("line " + line, bytes));
            }
            start = end + 1;
        }
    }

    private void unzip(Consumer<Entry> action) {
        long[] unpacked = new long[1];
        int files = 0;
        try (ZipInputStream zip = new ZipInputStream(new BufferedInputStream(new ByteArrayInputStream(content)))) {
            for (ZipEntry next = zip.getNextEntry(); next != null; next = zip.getNextEntry()) {
                files++;
                if (!next.isDirectory() && next.getName().endsWith(".json")) {
                    action.accept(entry(nameOf(next), unpack(zip, unpacked)));
                } else {
                    unpack(zip, unpacked);
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable("the body is not a zip archive: " + e.getMessage());
        }
        if (files == 0) {
            throw unreadable("the body is not a zip archive, or it is empty");
        }
    }

    private static byte[] unpack(InputStream zip, long[] unpacked) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        for (int read = zip.read(buffer); read >= 0; read = zip.read(buffer)) {
            unpacked[0] += read;
            if (unpacked[0] > LARGEST_UNPACKED || bytes.size() > LARGEST_TRIAL) {
                throw tooLarge("unpacked at most " + LARGEST_UNPACKED + " bytes, and " + LARGEST_TRIAL + " a file");
            }
            bytes.write(buffer, 0, read);
        }
        return bytes.toByteArray();
    }

    private static String nameOf(ZipEntry entry) {
        String name = entry.getName();
        String plain = name.substring(name.lastIndexOf('/') + 1).replaceAll("[^ -~]", "?");
        return plain.length() <= 100 ? plain : plain.substring(0, 100) + "…";
    }

    private static Entry entry(String place, byte[] bytes) {
        if (bytes.length > LARGEST_TRIAL) {
            return new Entry(place, Optional.empty(), Optional.of("at most " + LARGEST_TRIAL + " bytes a trial"));
        }
        try {
            JsonNode tree = MAPPER.readTree(bytes);
            return tree.isObject()
                    ? new Entry(place, Optional.of(tree), Optional.empty())
                    : new Entry(place, Optional.empty(), Optional.of("must be a JSON object"));
        } catch (JacksonException e) {
            return new Entry(place, Optional.empty(), Optional.of("is not JSON: " + e.getOriginalMessage()));
        } catch (IOException e) {
            return new Entry(place, Optional.empty(), Optional.of("is not JSON: " + e.getMessage()));
        }
    }

    private static Consumer<Entry> counted(Consumer<Entry> action) {
        int[] count = new int[1];
        return entry -> {
            if (++count[0] > MOST_TRIALS) {
                throw tooLarge("at most " + MOST_TRIALS + " trials a file");
            }
            action.accept(entry);
        };
    }

    private static ImportRefusedException unreadable(String detail) {
        return new ImportRefusedException(ImportRefusedException.Kind.UNREADABLE, detail);
    }

    private static ImportRefusedException tooLarge(String detail) {
        return new ImportRefusedException(ImportRefusedException.Kind.TOO_LARGE, detail);
    }
}
