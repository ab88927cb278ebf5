package io.trialstream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Has the user's own configurations tried. */
@Command(
        name = "enqueue",
        mixinStandardHelpOptions = true,
        description = "Try your own configurations before the sampler's next ones.")
final class EnqueueCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", paramLabel = "STUDY", description = "Its name or id.")
    private String study;

    @Parameters(
            index = "1",
            paramLabel = "FILE",
            description = "A list of configurations, or one of them, in YAML or JSON; - for standard input.")
    private Path file;

    @Mixin
    private JsonOption json;

    @Mixin
    private Server server;

    EnqueueCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        JsonNode tree = TreeFile.read(session, file).tree();
        JsonNode list =
                tree.isArray() ? tree : JsonNodeFactory.instance.arrayNode().add(tree);
        JsonNode enqueued = server.client(session).enqueue(study, list);
        json.show(
                session,
                enqueued,
                () -> List.of("enqueued " + list.size() + (list.size() == 1 ? " configuration" : " configurations")));
        return 0;
    }
}
