package io.trialstream.suggester.loop;

import io.trialstream.contracts.Outcome;
import io.trialstream.contracts.TopicDefinition;
import io.trialstream.contracts.Topics;
import io.trialstream.contracts.TrainerEvent;
import io.trialstream.contracts.TrialReport;
import io.trialstream.messaging.DeadLetters;
import io.trialstream.messaging.Received;
import io.trialstream.messaging.TopicFollower;
import io.trialstream.suggester.command.Request;
import io.trialstream.suggester.command.RequestContext;
import io.trialstream.suggester.config.SuggesterSettings;
import io.trialstream.suggester.config.Ticks;
import io.trialstream.suggester.decision.CommandFactory;
import io.trialstream.suggester.decision.DecisionPolicy;
import io.trialstream.suggester.decision.Decisions;
import io.trialstream.suggester.decision.PendingCommit;
import io.trialstream.suggester.decision.SuggesterState;
import io.trialstream.suggester.decision.Suggestions;
import io.trialstream.suggester.pool.Trainers;
import io.trialstream.suggester.state.Studies;
import io.trialstream.suggester.telemetry.DecisionLog;
import io.trialstream.suggester.telemetry.PoolGauges;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.errors.WakeupException;

/**
 * One term in charge: from fencing the predecessor and reading the topics to the first failure, after which nothing of
 * it is kept. Confined to the suggester's loop, except {@link #wakeup()} and {@link #silence()}.
 */
final class Term implements AutoCloseable {
    private static final Duration POLL_TIMEOUT = Duration.ofMillis(250);
    /** For how long a round waits for suggestions, while requests wait for the round. */
    private static final Duration SUGGESTIONS_PATIENCE = Duration.ofMillis(100);

    private final SuggesterEnvironment environment;
    private final DeadLetters deadLetters;
    private final TermClients clients;
    private final OwnTicks ticks;
    private final Suggestions suggestions;
    private final Decisions decisions;
    private final RequestContext context;
    private final LedgerTombstones tombstones;
    private final CommitWriter writer;
    private final TickHandler tickHandler;
    private final EventApplier events;

    private Term(SuggesterEnvironment environment, Clock clock, DeadLetters deadLetters, TermClients clients) {
        SuggesterSettings settings = environment.settings();
        SuggesterState state = new SuggesterState(new Studies(), new Trainers(settings.silentTicks()));
        DecisionPolicy policy = Ticks.policy(settings);
        this.environment = environment;
        this.deadLetters = deadLetters;
        this.clients = clients;
        this.ticks = new OwnTicks(environment.publisher(), settings.tick());
        this.suggestions = new Suggestions(settings.suggestionLimit(), SUGGESTIONS_PATIENCE, clients.events()::wakeup);
        this.decisions = new Decisions(
                policy,
                state,
                suggestions,
                new CommandFactory(() -> UUID.randomUUID().toString(), clock),
                new DecisionLog(environment.meters()));
        this.context = new RequestContext(state, decisions);
        this.tombstones = new LedgerTombstones(environment.publisher());
        this.writer = new CommitWriter(
                clients.ledger(), environment.publisher(), tombstones, state.studies(), environment.meters());
        this.tickHandler = new TickHandler(
                state,
                policy.deadlines(),
                clients.reports(),
                clients.queues(),
                new PoolGauges(settings, environment.meters()));
        this.events = new EventApplier(state, clients.reports(), tombstones, deadLetters, this::tick);
    }

    /**
     * Opens what a term needs, which ends the predecessor's.
     *
     * @throws org.apache.kafka.common.KafkaException if the broker cannot be reached; nothing is left open then
     */
    static Term open(SuggesterEnvironment environment, Clock clock) {
        DeadLetters deadLetters = new DeadLetters(
                        environment.publisher(), "suggester", clock, environment.meters()::deadLettered)
                .once(environment.connection());
        TermClients clients = TermClients.open(environment.connection(), environment.settings(), deadLetters);
        try {
            return new Term(environment, clock, deadLetters, clients);
        } catch (RuntimeException | Error e) {
            clients.all().closeAfter(e);
            throw e;
        }
    }

    /** Reads all that happened so far, then queues again what may have been lost on the way to the queue. */
    void begin() {
        read(Topics.STUDIES);
        read(Topics.TRIAL_LEDGER);
        clients.events().seekToEnd(Topics.TRAINERS);
        clients.events().readToEnd(List.of(Topics.TRIAL_OUTCOMES, Topics.TRIAL_REPORTS), events::apply);
        PendingCommit commit = new PendingCommit();
        decisions.takeOver(commit);
        writer.write(commit);
        ticks.restartSilence();
        ticks.sendIfDue();
    }

    /** For how long no own tick has come back from the broker. From any thread. */
    Duration silence() {
        return ticks.silence();
    }

    /** One round: reads, performs the users' requests, decides, commits, answers. */
    void round(List<Request<?>> requests) {
        PendingCommit commit = new PendingCommit();
        for (Received received : poll(requests.isEmpty() ? POLL_TIMEOUT : Duration.ZERO)) {
            events.apply(received);
            trace(received);
            answer(received, commit);
        }
        List<Runnable> answers = new ArrayList<>();
        requests.forEach(request -> answers.add(request.perform(context, commit)));
        decisions.round(commit);
        writer.write(commit);
        answers.forEach(Runnable::run);
        tombstones.writeSome();
        ticks.sendIfDue();
    }

    /** Ends the present wait for events, since a request has come or a suggestion is ready. From any thread. */
    void wakeup() {
        clients.events().wakeup();
    }

    @Override
    public void close() {
        suggestions.close();
        clients.close();
    }

    private List<Received> poll(Duration timeout) {
        try {
            return clients.events().poll(timeout);
        } catch (WakeupException e) {
            return List.of();
        }
    }

    private void read(TopicDefinition topic) {
        try (TopicFollower follower =
                new TopicFollower(environment.connection(), "suggester-" + topic.name(), List.of(topic), deadLetters)) {
            follower.readToEnd(events::apply);
        }
    }

    private void tick(TrainerEvent.Tick tick) {
        if (ticks.read(tick)) {
            tickHandler.tick();
            clients.queues().ask(writer.newestQueued());
        }
    }

    /** A run that begins a final trial is told to end; not those of earlier days, which are read at the start. */
    private void answer(Received received, PendingCommit commit) {
        if (received.message().orElse(null) instanceof TrialReport.Started started) {
            decisions.answer(started, commit);
        }
    }

    /** An outcome ends its trial's trace, where one began; not those of earlier days, which are read at the start. */
    private void trace(Received received) {
        if (received.message().orElse(null) instanceof Outcome outcome) {
            environment
                    .traces()
                    .received(
                            "learn outcome",
                            outcome.trialId(),
                            received.record().headers());
        }
    }
}
