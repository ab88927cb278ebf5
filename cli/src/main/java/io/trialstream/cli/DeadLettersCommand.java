package io.trialstream.cli;

import io.trialstream.cli.deadletters.DeadLetterBox;
import io.trialstream.cli.deadletters.DeadLetterBox.Redrive;
import io.trialstream.cli.stack.LocalStack;
import io.trialstream.cli.stack.Role;
import io.trialstream.cli.stack.StackProcess;
import io.trialstream.cli.view.DeadLetterDocument;
import io.trialstream.cli.view.DeadLetterTable;
import io.trialstream.contracts.DeadLetter;
import io.trialstream.messaging.KafkaConnection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the records that a reader could not use, and sends them again once the reader can. */
@Command(
        name = "dead-letters",
        mixinStandardHelpOptions = true,
        description = "Look at the messages that could not be read, and send them again.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {DeadLettersCommand.ListAll.class, DeadLettersCommand.Send.class})
final class DeadLettersCommand {

    /** Which broker, and which of its letters. */
    static final class Selection {
        @Option(
                names = "--bootstrap-servers",
                paramLabel = "HOST:PORT",
                description = "The broker (default: that of the running local stack).")
        private String bootstrapServers;

        @Option(names = "--topic", paramLabel = "TOPIC", description = "Only those of this topic.")
        private String topic;

        @Option(names = "--code", paramLabel = "CODE", description = "Only those with this code, such as NOT_JSON.")
        private String code;

        @Mixin
        private DataDirectory directory;

        DeadLetterBox box(Session session) {
            return new DeadLetterBox(
                    KafkaConnection.to(bootstrapServers == null ? localBroker(session) : bootstrapServers));
        }

        List<DeadLetter> of(DeadLetterBox box) {
            try {
                return box.letters().stream()
                        .filter(letter -> topic == null || letter.topic().equals(topic))
                        .filter(letter -> code == null || letter.code().equals(code))
                        .toList();
            } catch (KafkaException e) {
                throw new CommandException("the broker does not answer: " + e.getMessage());
            }
        }

        private String localBroker(Session session) {
            LocalStack stack = directory.runningStack(session);
            return stack.state()
                    .flatMap(state -> state.first(Role.BROKER))
                    .filter(StackProcess::isAlive)
                    .map(StackProcess::address)
                    .orElseThrow(() -> new CommandException("no stack runs in "
                            + stack.directory().root() + "; start one with: trialstream up, or name another directory"
                            + " with --data-dir, or a broker with --bootstrap-servers"));
        }
    }

    /** Lists them. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List the dead letters, the oldest first: topic/partition/offset/reader, size, code, reason.")
    static final class ListAll implements Callable<Integer> {
        private final Session session;

        @Mixin
        private JsonOption json;

        @Mixin
        private Selection selection;

        ListAll(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            List<DeadLetter> letters = selection.of(selection.box(session));
            json.show(
                    session,
                    DeadLetterDocument.of(letters),
                    () -> DeadLetterTable.lines(letters, session.terminal().screen()));
            return 0;
        }
    }

    /** Sends them again. */
    @Command(
            name = "redrive",
            mixinStandardHelpOptions = true,
            description = {
                "Send records again as they were: same topic, partition, key and value.",
                "Do so after its reader was mended: a record that is still unreadable becomes a dead letter again."
            })
    static final class Send implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "LETTER", arity = "0..*", description = "Which ones, as 'list' names them.")
        private List<String> keys = List.of();

        @Option(names = "--all", description = "All that --topic and --code leave.")
        private boolean all;

        @Mixin
        private Selection selection;

        Send(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            if (all != keys.isEmpty()) {
                throw new CommandException("name the letters to send again, or say --all");
            }
            DeadLetterBox box = selection.box(session);
            List<DeadLetter> chosen = chosen(selection.of(box));
            List<Redrive> done = box.redrive(chosen);
            done.forEach(redrive -> session.terminal().line(said(redrive)));
            long sent = done.stream().filter(Redrive.Sent.class::isInstance).count();
            session.terminal().line("sent again: " + sent + ", refused: " + (done.size() - sent));
            return sent == done.size() ? 0 : 1;
        }

        private List<DeadLetter> chosen(List<DeadLetter> letters) {
            if (all) {
                return letters;
            }
            Set<String> known = letters.stream().map(DeadLetter::key).collect(Collectors.toSet());
            keys.stream().filter(key -> !known.contains(key)).findFirst().ifPresent(key -> {
                throw new CommandException("there is no dead letter '" + key + "'");
            });
            return letters.stream()
                    .filter(letter -> keys.contains(letter.key()))
                    .toList();
        }

        private static String said(Redrive redrive) {
            return redrive instanceof Redrive.Sent sent
                    ? sent.letter().key() + ": sent again as " + sent.letter().topic() + "/" + sent.partition() + "/"
                            + sent.offset()
                    : redrive.letter().key() + ": refused, " + ((Redrive.Refused) redrive).why();
        }
    }
}
