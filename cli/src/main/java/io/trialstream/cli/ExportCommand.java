package io.trialstream.cli;

import java.nio.file.Files;
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
            description = "Where to (default: the study's name with the format's ending).")
    private Path output;

    @Option(names = "--force", description = "Write over a file that exists.")
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
        if (Files.exists(file) && !force) {
            throw new CommandException(file + " exists already; write over it with --force");
        }
        long bytes = server.client(session).export(study, format.resource, file);
        session.terminal().line("wrote " + file + " (" + bytes + " bytes)");
        return 0;
    }
}
