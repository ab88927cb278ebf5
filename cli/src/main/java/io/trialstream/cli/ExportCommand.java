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
            description = "csv, ndjson (what import takes too) or seed (result files of the 2017 search in a zip)"
                    + " (default: csv).")
    private Format format;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description =
                    "Where to write it; - for standard output (default: the study's name with the format's ending).")
    private Path output;

    @Option(
            names = "--formulas",
            paramLabel = "MODE",
            description = "With --format csv: defused (an apostrophe before texts that a spreadsheet would run as"
                    + " formulas) or kept (default: defused).")
    private Formulas formulas;

    @Option(names = "--force", description = "Replace a file that exists.")
    private boolean force;

    @Option(
            names = "--follow",
            paramLabel = "DIR",
            description =
                    "With --format seed: write each trial to a file of this folder once it has finished, until the"
                            + " study ends. The files' names sort by the result. A later call continues where this one"
                            + " stopped.")
    private Path followed;

    @Mixin
    private Server server;

    ExportCommand(Session session) {
        this.session = session;
    }

    /** How CSV holds texts that a spreadsheet would run. */
    enum Formulas {
        DEFUSED,
        KEPT;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
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
    public Integer call() throws InterruptedException {
        if (followed != null) {
            return follow();
        }
        Format chosen = format == null ? Format.CSV : format;
        Path file = output == null ? Path.of(study.replaceAll("[^A-Za-z0-9._-]", "_") + chosen.ending) : output;
        if (formulas != null && chosen != Format.CSV) {
            throw new CommandException("--formulas applies to --format csv only", ExitCodes.USAGE);
        }
        String resource = formulas == null ? chosen.resource : chosen.resource + "?formulas=" + formulas;
        TrialstreamClient client = server.client(session);
        long bytes = StandardStreams.write(session, file, force, out -> client.export(study, resource, out));
        if (!StandardStreams.isStandard(file)) {
            session.terminal().note("wrote " + file + " (" + bytes + " bytes)");
        }
        return 0;
    }

    private int follow() throws InterruptedException {
        if (format != null && format != Format.SEED || output != null || formulas != null) {
            throw new CommandException(
                    "--follow writes the files of --format seed to its own folder; leave out --output and --formulas",
                    ExitCodes.USAGE);
        }
        TrialstreamClient client = server.client(session);
        int files = new SeedFollow(session, client, client.study(study), followed).untilEnd();
        session.terminal().note(study + " has ended; there are " + files + " files in " + followed);
        return 0;
    }
}
