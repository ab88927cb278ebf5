package io.trialstream.contracts.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Message;
import io.trialstream.contracts.MessageCodec;
import io.trialstream.contracts.Origin;
import io.trialstream.contracts.Proposal;
import io.trialstream.contracts.SamplerStamp;
import io.trialstream.contracts.StudyRecord;
import io.trialstream.contracts.TrialId;
import io.trialstream.space.Configuration;
import io.trialstream.space.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is accepted can be written to its topic and read back; whatever cannot is refused at its field. */
class AcceptedStudiesTest {
    private static final int STUDIES = 400;
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private final MessageCodec codec = new MessageCodec();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldReadBackWhateverIsAccepted(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int accepted = 0;
        for (int i = 0; i < STUDIES; i++) {
            Map<String, Object> tree = StudyFiles.with(StudyFiles.shortest(), "space", RandomTrees.space(random));
            Optional<StudySpec> spec = accepted(tree);
            if (spec.isPresent()) {
                accepted++;
                shouldComeBack(spec.get(), random, "seed " + seed + ", study " + i);
            }
        }

        assertThat(accepted).as("accepted with seed " + seed).isBetween(STUDIES / 10, STUDIES * 9 / 10);
    }

    @Test
    void shouldTakeTheDeepestSpaceAndRefuseTheNext() {
        StudySpec deepest = accepted(nested(31)).orElseThrow();
        List<Problem> refused = catchThrowableOfType(InvalidStudyException.class, () -> StudySpec.read(nested(32)))
                .problems();

        shouldComeBack(deepest, new SplittableRandom(1), "the deepest");
        assertThat(refused).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo("space");
            assertThat(problem.code()).isEqualTo("TOO_DEEP");
            assertThat(problem.message()).contains("at most 96 levels");
        });
    }

    @Test
    void shouldRefuseLabelsThatEachTrialWouldRepeat() {
        Map<String, Object> inner = new LinkedHashMap<>();
        for (int i = 0; i < 100; i++) {
            inner.put("p" + i, Map.of("uniform", List.of(0, 1)));
        }
        Map<String, Object> tree = StudyFiles.with(StudyFiles.shortest(), "space", Map.of("x".repeat(1_000), inner));

        assertThat(catchThrowableOfType(InvalidStudyException.class, () -> StudySpec.read(tree))
                        .problems())
                .extracting(Problem::path, Problem::code)
                .containsExactly(tuple("space", "TOO_LARGE"));
    }

    /** Nested choices as in a study that was once lost: each adds three levels. */
    private static Map<String, Object> nested(int choices) {
        Map<String, Object> space = Map.of("uniform", List.of(0, 1));
        for (int i = 0; i < choices; i++) {
            space = Map.of("choice", List.of(0, Map.of("k" + i, space)));
        }
        return StudyFiles.with(StudyFiles.shortest(), "space", Map.of("a", space));
    }

    private static Optional<StudySpec> accepted(Map<String, Object> tree) {
        try {
            return Optional.of(StudySpec.read(tree));
        } catch (InvalidStudyException refused) {
            return Optional.empty();
        }
    }

    private void shouldComeBack(StudySpec spec, SplittableRandom random, String which) {
        List<Configuration> configurations = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            configurations.add(spec.space().sample(random));
        }
        Map<String, Object> enqueuing = new LinkedHashMap<>(spec.toTree());
        enqueuing.put(
                "enqueue", configurations.stream().map(Configuration::values).toList());
        StudySpec whole = StudySpec.read(enqueuing).withSeed(1);
        comesBack(
                StudyRecord.created("s-1", whole, Optional.empty(), NOW).withNumbersGiven(3), StudyRecord.class, which);
        for (Configuration configuration : configurations) {
            comesBack(proposal(spec, configuration), Proposal.class, which);
            comesBack(ledger(configuration), LedgerRecord.class, which);
            assertThat(spec.space().configuration(configuration.values()).key())
                    .as(which)
                    .isEqualTo(configuration.key());
        }
    }

    private <M extends Message> void comesBack(M message, Class<M> type, String which) {
        byte[] written = codec.write(message);

        assertThat(written.length).as(which).isLessThan(1_000_000);
        assertThat(codec.write(codec.read(written, type))).as(which).isEqualTo(written);
    }

    private static Proposal proposal(StudySpec spec, Configuration drawn) {
        return new Proposal("s-1", 0, 1, drawn.values(), drawn.key(), spec.objective(), spec.training(), 7);
    }

    private static LedgerRecord ledger(Configuration drawn) {
        return LedgerRecord.proposed(
                new TrialId("s-1", 0),
                LedgerRecord.Point.of(drawn),
                Origin.MODEL,
                new LedgerRecord.Basis(0, List.of(), new SamplerStamp("random", 1)),
                NOW);
    }
}
