package io.trialstream.contracts.study;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The study files in the repository are what newcomers begin with. */
class ShippedStudiesTest {
    private static final Path STUDIES =
            Path.of(System.getProperty("basedir", ".")).resolve("../../studies").normalize();

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(STUDIES)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldReadEachFileAndWriteItBack(Path file) throws IOException {
        Map<String, Object> tree = new YAMLMapper().readValue(file.toFile(), new TypeReference<>() {});

        StudySpec spec = StudySpec.read(tree);

        assertThat(spec.name() + ".yaml").isEqualTo(file.getFileName().toString());
        assertThat(StudySpec.read(spec.toTree())).isEqualTo(spec);
    }
}
