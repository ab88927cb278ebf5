package io.trialstream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.trialstream.cli.view.JsonText;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings results into a study that were obtained elsewhere. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Import trials with their results: the sampler learns from them, the leaderboard shows them.",
            "All trials are imported or none; trials that were imported before are recognised."
        })
final class ImportCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--study", required = true, paramLabel = "STUDY", description = "Its name or id.")
    private String study;

    @Option(
            names = "--format",
            required = true,
            paramLabel = "FORMAT",
            description = {
                "ndjson: a file with one trial a line, as export writes it;",
                "seed: result files of the 2017 CIFAR-100 search, one, a directory of them or a zip archive."
            })
    private ImportFormat format;

    @Option(names = "--verbose", description = "Also show the result for each trial.")
    private boolean verbose;

    @Parameters(
            index = "0",
            paramLabel = "PATH",
            description = "A file, a directory or an archive; - for standard input.")
    private Path path;

    @Mixin
    private JsonOption json;

    @Mixin
    private Server server;

    /** What the files are. */
    enum ImportFormat {
        NDJSON,
        SEED
    }

    ImportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ImportUpload upload = format == ImportFormat.SEED
                ? ImportUpload.ofSeedFiles(session, path)
                : ImportUpload.ofLines(session, path);
        JsonNode report = server.client(session).importTrials(study, upload.content(), upload.mediaType());
        if (json.isWanted()) {
            session.terminal().line(JsonText.of(report));
            return 0;
        }
        if (verbose) {
            report.path("lines").forEach(this::tell);
        }
        session.terminal()
                .line("imported " + counted(report.path("imported").asInt()) + ", "
                        + report.path("known").asInt() + " already known, "
                        + report.path("skipped").asInt() + " skipped");
        return 0;
    }

    private void tell(JsonNode line) {
        String trial = line.path("trialId").asText();
        session.terminal()
                .line(line.path("place").asText() + ": "
                        + line.path("status").asText().toLowerCase(Locale.ROOT)
                        + (trial.isEmpty() ? " (" + line.path("state").asText() + ")" : " as " + trial));
    }

    private static String counted(int trials) {
        return trials == 1 ? "1 trial" : trials + " trials";
    }
}
