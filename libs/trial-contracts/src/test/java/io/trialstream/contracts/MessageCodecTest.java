package io.trialstream.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.trialstream.contracts.Examples.Example;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageCodecTest {
    private final MessageCodec codec = new MessageCodec();

    static Stream<Arguments> malformed() {
        return Stream.of(
                refused(
                        "trial-report-rung",
                        Mutation.remove("/schemaVersion"),
                        "MISSING_FIELD",
                        "missing field 'schemaVersion'"),
                refused(
                        "trial-report-rung",
                        Mutation.set("/schemaVersion", 0),
                        "INVALID_FIELD",
                        "schemaVersion must be a positive integer, got 0"),
                refused(
                        "trial-report-rung",
                        Mutation.set("/schemaVersion", "1"),
                        "INVALID_FIELD",
                        "schemaVersion must be a positive integer, got \"1\""),
                refused("trial-report-rung", Mutation.remove("/kind"), "MISSING_FIELD", "missing field 'kind'"),
                refused(
                        "trial-report-rung",
                        Mutation.set("/kind", "RANG"),
                        "INVALID_FIELD",
                        "kind must be one of STARTED, RUNG, INTERRUPTED, ERRORED, FINISHED, got 'RANG'"),
                refused("trial-report-rung", Mutation.remove("/run"), "MISSING_FIELD", "missing field 'run'"),
                refused(
                        "trial-report-rung",
                        Mutation.remove("/run/trainerId"),
                        "MISSING_FIELD",
                        "missing field 'run.trainerId'"),
                refused(
                        "trial-report-rung",
                        Mutation.remove("/run/number"),
                        "MISSING_FIELD",
                        "missing field 'run.number'"),
                refused(
                        "trial-report-rung",
                        Mutation.set("/run/number", null),
                        "MISSING_FIELD",
                        "missing field 'run.number'"),
                refused(
                        "trial-report-rung",
                        Mutation.set("/run/number", -1),
                        "INVALID_FIELD",
                        "run: number must be at least 0, got -1"),
                refused(
                        "trial-report-rung",
                        Mutation.set("/run/studyId", "../etc"),
                        "INVALID_FIELD",
                        "studyId must match"),
                refused(
                        "trial-report-rung",
                        Mutation.set("/run/studyId", "a:b"),
                        "INVALID_FIELD",
                        "studyId must not contain ':'"),
                refused("trial-report-rung", Mutation.set("/value", null), "MISSING_FIELD", "missing field 'value'"),
                refused(
                        "trial-report-rung",
                        Mutation.set("/value", "0.5"),
                        "INVALID_FIELD",
                        "value: must be a number, got '0.5'"),
                refused("trial-report-rung", Mutation.set("/epoch", 1.5), "INVALID_FIELD", "epoch"),
                refused(
                        "trial-report-rung",
                        Mutation.set("/at", 1_769_860_800),
                        "INVALID_FIELD",
                        "at: must be a time such as"),
                refused(
                        "trial-report-completed",
                        Mutation.remove("/objective"),
                        "MISSING_FIELD",
                        "missing field 'objective'"),
                refused(
                        "trial-report-completed",
                        Mutation.set("/state", "FAILED"),
                        "INVALID_FIELD",
                        "state must be COMPLETED, PRUNED"),
                refused("trial-report-completed", Mutation.set("/state", 2), "INVALID_FIELD", "state"),
                refused(
                        "trial-report-completed",
                        Mutation.set("/trainingTime", "-PT1S"),
                        "INVALID_FIELD",
                        "trainingTime: must be a duration"),
                refused("trial-report-pruned", Mutation.remove("/reason"), "MISSING_FIELD", "missing field 'reason'"),
                refused(
                        "trial-report-pruned",
                        Mutation.set("/reason/code", " "),
                        "INVALID_FIELD",
                        "reason.code must not be blank"),
                refused(
                        "trial-report-started-resumed",
                        Mutation.remove("/blueprint/layers/1/type"),
                        "MISSING_FIELD",
                        "missing field 'blueprint.layers[1].type'"),
                refused(
                        "trial-report-started-resumed",
                        Mutation.set("/blueprint/layers/1/type", "rnn"),
                        "INVALID_FIELD",
                        "blueprint.layers[1].type must be one of input, convolution"),
                refused(
                        "trial-report-started-resumed",
                        Mutation.remove("/blueprint/layers/1/name"),
                        "MISSING_FIELD",
                        "missing field 'blueprint.layers[1].name'"),
                refused(
                        "ledger-record",
                        Mutation.set("/assignment/batch_size", null),
                        "MISSING_FIELD",
                        "missing field 'assignment.batch_size'"),
                refused(
                        "ledger-record",
                        Mutation.set("/pending/1", null),
                        "MISSING_FIELD",
                        "missing field 'pending[1]'"),
                refused(
                        "ledger-record",
                        Mutation.set("/pending/1", -4),
                        "INVALID_FIELD",
                        "pending must be at least 0, got -4"),
                refused(
                        "outcome-failed",
                        Mutation.set("/evidenceNumber", 4),
                        "INVALID_FIELD",
                        "evidenceNumber belongs to evidence"),
                refused(
                        "outcome-completed",
                        Mutation.set("/state", "RUNNING"),
                        "INVALID_FIELD",
                        "state must be final, got RUNNING"),
                refused(
                        "trial-command-prune",
                        Mutation.set("/runId", "run-1"),
                        "INVALID_FIELD",
                        "runId belongs to STUCK commands"),
                refused(
                        "trial-command-stuck",
                        Mutation.remove("/runId"),
                        "INVALID_FIELD",
                        "runId belongs to STUCK commands"),
                refused("trainer-event-heartbeat", Mutation.set("/pool", "a:b"), "INVALID_FIELD", "pool must match"),
                refused(
                        "trainer-event-heartbeat",
                        Mutation.set("/runs/0/dispatch", 0),
                        "INVALID_FIELD",
                        "runs[0]: dispatch must be at least 1"),
                refused(
                        "study-record-sleep",
                        Mutation.remove("/spec/training/workload"),
                        "INVALID_FIELD",
                        "training.workload: is required"),
                refused(
                        "study-record-sleep",
                        Mutation.set("/spec/training/workload", "/bin/sh"),
                        "INVALID_FIELD",
                        "unknown workload '/bin/sh'"),
                refused(
                        "proposal-cifar-cnn",
                        Mutation.set("/training/dataset", "http://example.org/x"),
                        "INVALID_FIELD",
                        "training.dataset: must be one of cifar100, cifar10, shapes, folder:NAME"),
                refused(
                        "dead-letter",
                        Mutation.set("/payload", List.of(1, 2)),
                        "INVALID_FIELD",
                        "payload: must be bytes in Base64"),
                refused(
                        "dead-letter",
                        Mutation.set("/payloadBytes", 3),
                        "INVALID_FIELD",
                        "payloadBytes must be at least 17, got 3"));
    }

    private static Arguments refused(String example, Mutation mutation, String code, String message) {
        return Arguments.of(example, mutation, code, message);
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void shouldNameTheFieldAndTheCodeOfWhatIsMalformed(String name, Mutation mutation, String code, String message) {
        Example example = Examples.named(name);

        MalformedMessageException refusal = refusal(Golden.bytes(mutation.of(Golden.tree(example))), example.type());

        assertThat(refusal.code()).isEqualTo(DeadLetterCode.valueOf(code));
        assertThat(refusal).hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "3", "\"text\"", "[]", "true"})
    void shouldRefuseWhatIsNoObject(String json) {
        assertThat(refusal(utf8(json), Outcome.class).code()).isEqualTo(DeadLetterCode.NOT_AN_OBJECT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"schemaVersion\":1",
                "not json",
                "{'a':1}",
                "{\"a\":NaN}",
                "{} {}",
                "{}x",
                "{\"a\":1,\"a\":2}",
                "{\"a\":{\"b\":1,\"b\":1}}",
                "\u0000",
                "{\"schemaVersion\":1,}"
            })
    void shouldRefuseWhatIsNotJsonOrHasTrailingGarbageOrDuplicateKeys(String json) {
        assertThat(refusal(utf8(json), Outcome.class).code()).isEqualTo(DeadLetterCode.NOT_JSON);
    }

    @Test
    void shouldRefuseInvalidUtf8() {
        assertThat(refusal(new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'}, Outcome.class)
                        .code())
                .isEqualTo(DeadLetterCode.NOT_JSON);
    }

    @Test
    void shouldRefuseDeepNestingWithoutRunningOutOfStack() {
        byte[] deep = utf8("{\"schemaVersion\":1,\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}");

        assertThat(refusal(deep, Outcome.class))
                .hasMessageContaining("nesting depth")
                .extracting("code")
                .isEqualTo(DeadLetterCode.NOT_JSON);
    }

    @Test
    void shouldRefuseANumberBeyondADouble() {
        String json = new String(Golden.bytes(Golden.tree(Examples.named("ledger-record"))), StandardCharsets.UTF_8)
                .replace("\"optimizer\":\"Adam\"", "\"optimizer\":[1e999]");

        MalformedMessageException refusal = refusal(utf8(json), LedgerRecord.class);

        assertThat(refusal.code()).isEqualTo(DeadLetterCode.INVALID_FIELD);
        assertThat(refusal).hasMessageContaining("configuration.optimizer[0]: the number is too large for a double");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 1_000})
    void shouldNotTakeANewerVersionForAMalformedMessage(int version) {
        Example example = Examples.named("study-record-sleep");
        byte[] newer = Golden.bytes(Mutation.set("/schemaVersion", version).of(Golden.tree(example)));

        assertThatThrownBy(() -> codec.read(newer, StudyRecord.class))
                .isInstanceOf(UnknownVersionException.class)
                .hasMessageContaining("StudyRecord has schemaVersion " + version)
                .hasMessageContaining("upgrade");
    }

    @Test
    void shouldReadATimeWithAnOffset() {
        Example example = Examples.named("outcome-completed");
        byte[] json =
                Golden.bytes(Mutation.set("/at", "2026-01-31T14:30:00.25+02:30").of(Golden.tree(example)));

        assertThat(codec.read(json, Outcome.class).at()).isEqualTo(Instant.parse("2026-01-31T12:00:00.250Z"));
    }

    @Test
    void shouldKeepAllBitsOfASeed() {
        Proposal proposal = (Proposal) Examples.named("proposal-cifar-cnn").message();

        assertThat(codec.read(codec.write(proposal), Proposal.class).seed()).isEqualTo(-7046029254386353131L);
    }

    @Test
    void shouldSupplyTheReasonOfANonFiniteMetric() {
        Example example = Examples.named("epoch-report-non-finite");
        byte[] json = Golden.bytes(Mutation.remove("/reason").of(Golden.tree(example)));

        EpochReport report = codec.read(json, EpochReport.class);

        assertThat(report.reason()).map(Reason::code).contains("NON_FINITE_METRIC");
        assertThat(report.metrics()).containsEntry("train_loss", null);
    }

    @Test
    void shouldKeepTheOrderOfAConfiguration() {
        LedgerRecord read =
                codec.read(codec.write(Examples.named("ledger-record").message()), LedgerRecord.class);

        assertThat(read.configuration().keySet())
                .containsExactly("lr_rate_mult", "batch_size", "optimizer", "first_conv", "nested");
        assertThat(read.configuration()).containsEntry("nested", Map.of("flags", List.of(true, false)));
    }

    @Test
    void shouldReadUtf8WithAByteOrderMark() throws Exception {
        ByteArrayOutputStream marked = new ByteArrayOutputStream();
        marked.write(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf});
        marked.write(codec.write(Examples.named("trainer-event-tick").message()));

        assertThat(codec.read(marked.toByteArray(), TrainerEvent.class))
                .isEqualTo(Examples.named("trainer-event-tick").message());
    }

    private MalformedMessageException refusal(byte[] value, Class<? extends Message> type) {
        MalformedMessageException refusal =
                catchThrowableOfType(MalformedMessageException.class, () -> codec.read(value, type));
        assertThat(refusal)
                .as("refusal of " + new String(value, 0, Math.min(80, value.length), StandardCharsets.UTF_8))
                .isNotNull();
        return refusal;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
