package io.trialstream.results.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Flow;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StudyFeedTest {
    private final StudyFeed feed = new StudyFeed("s", 10);

    @Test
    void shouldLetAListenerGoOnWhereItWas() {
        feed.append(List.of(event(11), event(12), event(14)), 15);

        assertThat(feed.upTo()).isEqualTo(15);
        assertThat(feed.positionAfter(9)).isEmpty();
        assertThat(feed.positionAfter(10).flatMap(feed::at)).contains(event(11));
        assertThat(feed.positionAfter(11).flatMap(feed::at)).contains(event(12));
        assertThat(feed.positionAfter(13).flatMap(feed::at)).contains(event(14));
        assertThat(feed.positionAfter(15).flatMap(feed::at)).isEmpty();
    }

    @Test
    void shouldForgetTheOldestWithinItsBounds() {
        feed.append(IntStream.range(11, 3_011).mapToObj(StudyFeedTest::event).toList(), 3_010);

        assertThat(feed.at(0)).contains(StudyFeed.LOST);
        assertThat(feed.positionAfter(500)).isEmpty();
        assertThat(feed.positionAfter(3_000).flatMap(feed::at)).contains(event(3_001));
    }

    @Test
    void shouldForgetWhatIsTooLong() {
        LiveEvent large = new LiveEvent(11, OptionalLong.of(11), "e", "x".repeat(600_000));
        LiveEvent larger = new LiveEvent(12, OptionalLong.of(12), "e", "x".repeat(600_000));
        feed.append(List.of(large, larger), 12);

        assertThat(feed.positionAfter(10)).isEmpty();
        assertThat(feed.positionAfter(11).flatMap(feed::at)).contains(larger);
    }

    @Test
    void shouldDeliverNoFasterThanItsClientTakes() {
        Client client = new Client();
        Listener listener = listen(client, 10);
        feed.append(List.of(event(11), event(12), event(13)), 13);

        listener.request(1);
        assertThat(client.names).containsExactly("hello");
        listener.request(2);
        assertThat(client.names).containsExactly("hello", "e11", "e12");
        assertThat(listener.change()).isEqualTo(12);
        listener.request(5);
        assertThat(client.names).containsExactly("hello", "e11", "e12", "e13");
        feed.append(List.of(event(14)), 14);
        listener.deliver();
        assertThat(client.names).endsWith("e14");
    }

    @Test
    void shouldReadWhatTheFeedNoLongerKeepsAndGoOnWithTheFeed() {
        Client client = new Client();
        List<Listener> asking = new ArrayList<>();
        Listener listener = new Listener(feed, 3, greeting(), client, asking::add, ended -> {}, () -> {});
        feed.append(List.of(event(11)), 11);

        listener.request(100);
        assertThat(asking).containsExactly(listener);
        listener.caughtUp(Optional.of(new ChangeRows.Page(List.of(event(4), event(9)), 9, true)));
        assertThat(asking).hasSize(2);
        listener.caughtUp(Optional.of(new ChangeRows.Page(List.of(event(11)), 11, false)));

        assertThat(client.names).containsExactly("hello", "e4", "e9", "e11");
        feed.append(List.of(event(12)), 12);
        listener.deliver();
        assertThat(client.names).endsWith("e11", "e12");
    }

    @Test
    void shouldTryAgainWhereReadingFailed() {
        Client client = new Client();
        List<Listener> asking = new ArrayList<>();
        Listener listener = new Listener(feed, 3, greeting(), client, asking::add, ended -> {}, () -> {});

        listener.request(100);
        listener.caughtUp(Optional.empty());
        listener.deliver();

        assertThat(asking).hasSize(2);
    }

    @Test
    void shouldEndWithTheFeedOnceEverythingIsTold() {
        Client client = new Client();
        Listener listener = listen(client, 10);
        feed.append(List.of(event(11)), 11);
        feed.end();

        listener.request(1);
        assertThat(client.completed).isFalse();
        listener.request(5);

        assertThat(client.names).containsExactly("hello", "e11");
        assertThat(client.completed).isTrue();
    }

    @Test
    void shouldPingOnlyInSilence() {
        Client client = new Client();
        Listener listener = listen(client, 10);
        listener.request(100);

        listener.ping();
        assertThat(client.names).containsExactly("hello", "");
        feed.append(List.of(event(11)), 11);
        listener.ping();
        assertThat(client.names).containsExactly("hello", "", "e11");
    }

    private Listener listen(Client client, long change) {
        return new Listener(feed, change, greeting(), client, any -> {}, ended -> {}, () -> {});
    }

    private static LiveEvent greeting() {
        return LiveEvent.passing("hello", "");
    }

    private static LiveEvent event(long change) {
        return new LiveEvent(change, OptionalLong.of(change), "e" + change, "{}");
    }

    private static final class Client implements Flow.Subscriber<LiveEvent> {
        private final List<String> names = new ArrayList<>();
        private boolean completed;

        @Override
        public void onSubscribe(Flow.Subscription subscription) {}

        @Override
        public void onNext(LiveEvent event) {
            names.add(event.name());
        }

        @Override
        public void onError(Throwable failure) {
            throw new AssertionError(failure);
        }

        @Override
        public void onComplete() {
            completed = true;
        }
    }
}
