package io.trialstream.results.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.trialstream.contracts.StudyState;
import io.trialstream.results.ResultsSettings;
import io.trialstream.results.api.Trainer;
import io.trialstream.results.read.StudyRow;
import io.trialstream.results.read.StudyRows;
import io.trialstream.results.trainers.TrainerRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * All streams of events of this replica. One thread looks for changes of the studies that somebody listens to, by one
 * query for all of them, and fills their feeds; what happens to a trial between two looks is one event. Thread-safe.
 */
@ApplicationScoped
public class LiveFeeds {
    private static final Logger LOG = Logger.getLogger(LiveFeeds.class);
    private static final int PAGE = 500;
    private static final int CATCH_UP_PAGE = 50;
    /** What a client that lags may hold: small, since a thousand may lag at once. */
    private static final int CATCH_UP_CHARACTERS = 32 << 10;

    private static final int CATCH_UP_THREADS = 4;

    private final StudyRows studies;
    private final ChangeRows changes;
    private final TrainerRegistry registry;
    private final ObjectMapper mapper;
    private final Clock clock;
    private final ResultsSettings.Live settings;
    private final Map<String, StudyFeed> feeds = new ConcurrentHashMap<>();
    private final AtomicInteger clients = new AtomicInteger();
    private final ScheduledExecutorService looking =
            Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "live-events"));
    private final ExecutorService catchingUp =
            Executors.newFixedThreadPool(CATCH_UP_THREADS, work -> daemon(work, "live-catch-up"));
    /** What was told of trainers last, by study and trainer; of the looking thread. */
    private final Map<String, Map<String, String>> toldTrainers = new HashMap<>();

    LiveFeeds(
            StudyRows studies,
            ChangeRows changes,
            TrainerRegistry registry,
            ObjectMapper mapper,
            Clock clock,
            ResultsSettings settings) {
        this.studies = studies;
        this.changes = changes;
        this.registry = registry;
        this.mapper = mapper;
        this.clock = clock;
        this.settings = settings.live();
    }

    void start(@Observes StartupEvent event) {
        long every = settings.lookEvery().toMillis();
        looking.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        looking.shutdownNow();
        catchingUp.shutdownNow();
        feeds.values().forEach(feed -> feed.listeners().forEach(Listener::complete));
    }

    /** How many clients listen. */
    public int clients() {
        return clients.get();
    }

    /**
     * A study's events from a change on, as long as somebody takes them.
     *
     * @param study its row as of now
     * @param after the change up to which the client lacks nothing; empty for a client that knows nothing yet
     * @param disconnect ends the client's connection, even where it takes nothing any more
     * @throws TooManyStreamsException if there are too many clients
     */
    Multi<LiveEvent> follow(StudyRow study, OptionalLong after, Runnable disconnect) {
        if (clients.get() >= settings.maxClients()) {
            throw new TooManyStreamsException(settings.maxClients());
        }
        // A change that is yet to come is one of another database: then all of the study is new.
        boolean resumes = after.isPresent() && after.getAsLong() <= study.changeSeq();
        long change = resumes ? after.getAsLong() : study.changeSeq();
        LiveEvent greeting = resumes ? LiveEvent.PING : changes.study(study, change);
        return Multi.createFrom().publisher(subscriber -> {
            clients.incrementAndGet();
            // The feed is not dropped between finding and joining it, since both are one step of the map.
            AtomicReference<Listener> joined = new AtomicReference<>();
            feeds.compute(study.studyId(), (id, known) -> {
                StudyFeed feed = known == null ? new StudyFeed(id, study.changeSeq()) : known;
                joined.set(new Listener(feed, change, greeting, subscriber, this::catchUp, this::ended, disconnect));
                feed.listeners().add(joined.get());
                return feed;
            });
            subscriber.onSubscribe(joined.get());
        });
    }

    private void ended(Listener listener) {
        listener.feed().listeners().remove(listener);
        clients.decrementAndGet();
    }

    private void look() {
        try {
            feeds.values().removeIf(feed -> feed.listeners().isEmpty());
            if (!feeds.isEmpty()) {
                studies.all(feeds.keySet()).forEach(this::fill);
            }
        } catch (RuntimeException e) {
            LOG.debug("streams wait, since changes cannot be read", e);
        }
        feeds.values().forEach(this::serve);
    }

    private void fill(StudyRow study) {
        StudyFeed feed = feeds.get(study.studyId());
        if (feed == null || feed.hasEnded()) {
            return;
        }
        if (study.state() == StudyState.DELETED) {
            feed.append(List.of(changes.study(study, study.changeSeq())), study.changeSeq());
            feed.end();
            return;
        }
        if (study.changeSeq() < feed.upTo() && isOfAnEarlierDatabase(feed)) {
            feeds.remove(study.studyId(), feed);
            feed.listeners().forEach(Listener::complete);
            return;
        }
        boolean more = study.changeSeq() > feed.upTo();
        boolean changed = more;
        while (more) {
            ChangeRows.Page page = changes.after(study, feed.upTo(), PAGE);
            feed.append(page.events(), page.upTo());
            more = page.more();
        }
        if (changed) {
            feed.append(List.of(changes.study(study, feed.upTo())), feed.upTo());
        }
        feed.append(trainersOf(study.studyId()), feed.upTo());
    }

    /**
     * Whether the feed has told what the database has yet to come to, since it was lost or restored from an older backup:
     * whoever listens is to begin anew. The feed may be younger than the row that was read, so the row is read again.
     */
    private boolean isOfAnEarlierDatabase(StudyFeed feed) {
        long told = feed.upTo();
        return studies.all(List.of(feed.studyId())).stream().anyMatch(row -> row.changeSeq() < told);
    }

    /** Trainers whose work on this study is not what was told last. */
    private List<LiveEvent> trainersOf(String studyId) {
        Map<String, String> told = toldTrainers.computeIfAbsent(studyId, id -> new HashMap<>());
        toldTrainers.keySet().retainAll(feeds.keySet());
        Instant now = clock.instant();
        List<LiveEvent> events = new ArrayList<>();
        for (TrainerRegistry.Seen seen : registry.trainers()) {
            Trainer trainer = Trainer.of(seen, now);
            boolean works =
                    trainer.runs().stream().anyMatch(run -> run.studyId().equals(studyId));
            String before = told.get(trainer.trainerId());
            String state = trainer.state() + trainer.runs();
            if (works ? !state.equals(before) : before != null && !state.equals(before)) {
                events.add(LiveEvent.passing("trainer", json(trainer)));
                told.put(trainer.trainerId(), state);
            }
        }
        return events;
    }

    private void serve(StudyFeed feed) {
        for (Listener listener : feed.listeners()) {
            if (listener.isStalled(settings.stalledAfter())) {
                LOG.infof(
                        "a client that takes no events is disconnected studyId=%s lastEventId=%d",
                        feed.studyId(), listener.change());
                listener.disconnect();
            } else if (listener.silentFor().compareTo(settings.pingAfter()) > 0) {
                listener.ping();
            } else {
                listener.deliver();
            }
        }
    }

    private void catchUp(Listener listener) {
        try {
            catchingUp.execute(() -> listener.caughtUp(read(listener)));
        } catch (RejectedExecutionException e) {
            LOG.debug("the service stops");
        }
    }

    private Optional<ChangeRows.Page> read(Listener listener) {
        try {
            return studies.all(List.of(listener.feed().studyId())).stream()
                    .findFirst()
                    .map(study -> changes.after(study, listener.change(), CATCH_UP_PAGE)
                            .first(CATCH_UP_CHARACTERS));
        } catch (RuntimeException e) {
            LOG.debug("a client waits, since changes cannot be read", e);
            return Optional.empty();
        }
    }

    private String json(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
