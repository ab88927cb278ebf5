package io.trialstream.cli;

import io.trialstream.cli.deadletters.DeadLetterBox;
import io.trialstream.cli.deadletters.DeadLetterBox.Redrive;
import io.trialstream.cli.view.DeadLetterDocument;
import io.trialstream.cli.view.DeadLetterTable;
import io.trialstream.contracts.DeadLetter;
import io.trialstream.messaging.BrokerRefusal;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
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
        description = "List the messages that could not be read, and send them again.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {DeadLettersCommand.ListAll.class, DeadLettersCommand.Send.class})
final class DeadLettersCommand {

    /** Which broker, and which of its letters. */
    static final class Selection {
        @Mixin
        private Broker broker;

        @Mixin
        private DataDirectory directory;

        @Option(names = "--topic", paramLabel = "TOPIC", description = "Only those of this topic.")
        private String topic;

        @Option(names = "--code", paramLabel = "CODE", description = "Only those with this code, such as NOT_JSON.")
        private String code;

        DeadLetterBox box(Session session) {
            return new DeadLetterBox(broker.connection(session, directory));
        }

        List<DeadLetter> of(DeadLetterBox box) {
            return asking(box::letters).stream()
                    .filter(letter -> topic == null || letter.topic().equals(topic))
                    .filter(letter -> code == null || letter.code().equals(code))
                    .toList();
        }
    }

    /** What is asked of the broker, or why it does not answer. */
    static <T> T asking(Supplier<T> request) {
        try {
            return request.get();
        } catch (KafkaException e) {
            throw new CommandException(BrokerRefusal.in(e).orElseGet(() -> "the broker does not answer: " + whole(e)));
        }
    }

    /** The message, and that of the cause: of a client that cannot be made only the cause says why. */
    private static String whole(KafkaException failure) {
        return failure.getCause() == null
                ? failure.getMessage()
                : failure.getMessage() + ": " + failure.getCause().getMessage();
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
                "Send records again unchanged: same topic, partition, key and value; each once, however many readers"
                        + " rejected it.",
                "Fix the reader first: a record that is still unreadable becomes a dead letter again."
            })
    static final class Send implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "LETTER", arity = "0..*", description = "Which ones, as 'list' names them.")
        private List<String> keys = List.of();

        @Option(names = "--all", description = "All that match --topic and --code.")
        private boolean all;

        @Mixin
        private Selection selection;

        Send(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            if (all != keys.isEmpty()) {
                throw new CommandException("name the letters to send again, or use --all");
            }
            DeadLetterBox box = selection.box(session);
            List<DeadLetter> chosen = chosen(selection.of(box));
            List<Redrive> done = asking(() -> box.redrive(chosen));
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
                throw new CommandException("no such dead letter: '" + key + "'");
            });
            return letters.stream()
                    .filter(letter -> keys.contains(letter.key()))
                    .toList();
        }

        private static String said(Redrive redrive) {
            String letters = redrive.letters().stream().map(DeadLetter::key).collect(Collectors.joining(", "));
            return redrive instanceof Redrive.Sent sent
                    ? letters + ": sent again as " + sent.letters().get(0).topic() + "/" + sent.partition() + "/"
                            + sent.offset()
                    : letters + ": refused, " + ((Redrive.Refused) redrive).why();
        }
    }
}
