package io.trialstream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.trialstream.cli.client.ArtifactView;
import io.trialstream.cli.client.TrialstreamClient;
import io.trialstream.cli.view.ArtifactTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the files that a trial's runs left, and downloads one. */
@Command(
        name = "artifacts",
        mixinStandardHelpOptions = true,
        description = "List the files that a trial's runs left, or download one: drawings, logs, event files, weights.")
final class ArtifactsCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(
            index = "0",
            paramLabel = "TRIAL",
            description = "STUDY:NUMBER with the study's name or id, or only the number within the newest study.")
    private String trial;

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "The file to download.")
    private String name;

    @Option(
            names = "--run",
            paramLabel = "ID",
            description =
                    "The run that left it (default: the one whose result counts, else the newest with that file).")
    private String run;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to write it; - for standard output (default: NAME in this directory).")
    private Path output;

    @Option(names = "--force", description = "Replace a file that exists.")
    private boolean force;

    @Mixin
    private JsonOption json;

    @Mixin
    private Server server;

    ArtifactsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        TrialstreamClient client = server.client(session);
        String trialId = Server.trialId(client, trial);
        JsonNode document = client.artifacts(trialId);
        List<ArtifactView> files = ArtifactView.listed(document, Optional.ofNullable(run));
        if (name == null) {
            json.show(
                    session,
                    document,
                    () -> ArtifactTable.lines(files, session.terminal().screen()));
        } else {
            download(client, chosen(client, trialId, files));
        }
        return 0;
    }

    private ArtifactView chosen(TrialstreamClient client, String trialId, List<ArtifactView> files) {
        List<ArtifactView> named =
                files.stream().filter(file -> file.name().equals(name)).toList();
        if (named.isEmpty()) {
            throw new CommandException(trialId + " has no file '" + name + "'" + (run == null ? "" : " of run " + run)
                    + "; see: trialstream artifacts " + trialId);
        }
        if (named.size() == 1) {
            return named.get(0);
        }
        Runs runs = Runs.of(client.trialDocument(trialId));
        return runs.preferred(named.stream().map(ArtifactView::runId).toList())
                .flatMap(preferred -> named.stream()
                        .filter(file -> file.runId().equals(preferred))
                        .findFirst())
                .orElseGet(() -> named.get(named.size() - 1));
    }

    private void download(TrialstreamClient client, ArtifactView file) {
        Path target = output == null ? Path.of(file.name()).getFileName() : output;
        long bytes = StandardStreams.write(session, target, force, out -> client.artifact(file.path(), out));
        if (!StandardStreams.isStandard(target)) {
            session.terminal().note("wrote " + target + " (" + bytes + " bytes)");
        }
    }
}
