package io.trialstream.suggester.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trialstream.suggester.imports.ImportFile.Entry;
import io.trialstream.suggester.imports.ImportFile.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class ImportFileTest {

    @Test
    void shouldGoThroughAnArchivesJsonFilesAgainAndAgain() throws IOException {
        ImportFile file = new ImportFile(
                zip(
                        "results/",
                        "",
                        "results/model_0.4_a.txt.json",
                        "{\"a\": 1}",
                        "README.txt",
                        "no JSON",
                        "b.json",
                        "NaN"),
                Kind.ZIP);

        for (int round = 0; round < 2; round++) {
            List<Entry> entries = entries(file);
            assertThat(entries).extracting(Entry::place).containsExactly("model_0.4_a.txt.json", "b.json");
            assertThat(entries.get(0).tree()).isPresent();
            assertThat(entries.get(1).fault()).contains("must be a JSON object");
        }
    }

    @Test
    void shouldRefuseWhatIsNoArchive() {
        for (String content : new String[] {"", "no archive", "PK\u0003\u0004 broken"}) {
            assertThatThrownBy(() -> entries(new ImportFile(SeedFile.bytes(content), Kind.ZIP)))
                    .isInstanceOfSatisfying(ImportRefusedException.class, refused -> assertThat(refused.kind())
                            .isEqualTo(ImportRefusedException.Kind.UNREADABLE));
        }
    }

    @Test
    void shouldRefuseAKeyThatIsThereTwice() throws IOException {
        String line = "{\"objective\": 0.1, \"configuration\": {\"lr\": 1, \"lr\": 2}}";

        List<Entry> lines = entries(new ImportFile(
                SeedFile.bytes("{\"objective\": 0.1}\n" + line + "\n{\"a\": 1, \"a\": 1}\n"), Kind.LINES));
        List<Entry> archive = entries(new ImportFile(zip("a.json", line), Kind.ZIP));

        assertThat(lines.get(0).tree()).isPresent();
        assertThat(lines.get(1).fault().orElse("")).contains("Duplicate field 'lr'");
        assertThat(lines.get(2).fault().orElse("")).contains("Duplicate field 'a'");
        assertThat(archive.get(0).fault().orElse("")).contains("Duplicate field 'lr'");
    }

    @Test
    void shouldStopUnpackingABomb() throws IOException {
        byte[] bomb = zip("bomb.json", "[" + " ".repeat(5 * 1024 * 1024) + "]");

        assertThat(bomb.length).isLessThan(10_000);
        assertThatThrownBy(() -> entries(new ImportFile(bomb, Kind.ZIP)))
                .isInstanceOfSatisfying(ImportRefusedException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(ImportRefusedException.Kind.TOO_LARGE));
    }

    @Test
    void shouldRefuseTooManyTrials() {
        byte[] lines = SeedFile.bytes("{}\n".repeat(ImportFile.MOST_TRIALS + 1));

        assertThatThrownBy(() -> entries(new ImportFile(lines, Kind.LINES)))
                .isInstanceOfSatisfying(ImportRefusedException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(ImportRefusedException.Kind.TOO_LARGE));
    }

    @Test
    void shouldNumberLinesAsAnEditorDoes() {
        assertThat(entries(new ImportFile(SeedFile.bytes("\r\n{}\n\n{}"), Kind.LINES)))
                .extracting(Entry::place)
                .containsExactly("line 2", "line 4");
    }

    private static List<Entry> entries(ImportFile file) {
        List<Entry> entries = new ArrayList<>();
        file.forEach(entries::add);
        return entries;
    }

    private static byte[] zip(String... namesAndContents) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndContents[i]));
                zip.write(SeedFile.bytes(namesAndContents[i + 1]));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
