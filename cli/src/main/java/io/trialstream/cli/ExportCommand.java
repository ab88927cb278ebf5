package io.trialstream.cli;

import io.trialstream.cli.client.TrialstreamClient;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a study's trials to a file. */
@Command(name = "export", mixinStandardHelpOptions = true, description = "Write all of a study's trials to a file.")
final class ExportCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "STUDY", description = "Its name or id.")
    private String study;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "csv",
            description = "csv, ndjson (what import takes too) or seed (result files in a zip) (default: csv).")
    private Format format;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description =
                    "Where to write it; - for standard output (default: the study's name with the format's ending).")
    private Path output;

    @Option(names = "--force", description = "Replace a file that exists.")
    private boolean force;

    @Mixin
    private Server server;

    ExportCommand(Session session) {
        this.session = session;
    }

    /** What the file looks like. */
    enum Format {
        CSV("trials.csv", ".csv"),
        NDJSON("trials.ndjson", ".ndjson"),
        SEED("seed.zip", "-seed.zip");

        private final String resource;
        private final String ending;

        Format(String resource, String ending) {
            this.resource = resource;
            this.ending = ending;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public Integer call() {
        Path file = output == null ? Path.of(study.replaceAll("[^A-Za-z0-9._-]", "_") + format.ending) : output;
        TrialstreamClient client = server.client(session);
        long bytes = StandardStreams.write(session, file, force, out -> client.export(study, format.resource, out));
        if (!StandardStreams.isStandard(file)) {
            session.terminal().note("wrote " + file + " (" + bytes + " bytes)");
        }
        return 0;
    }
}
