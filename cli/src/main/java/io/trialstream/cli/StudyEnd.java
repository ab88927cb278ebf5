package io.trialstream.cli;

import io.trialstream.cli.client.StudyView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the end of a study means for a command that waited for it: a study that failed, or that has no completed trial,
 * has given its user nothing, and the command says so by its exit code.
 */
final class StudyEnd {
    private static final List<String> LOST = List.of("infeasible", "failed", "pruned", "cancelled");

    private StudyEnd() {}

    /**
     * Ends the command with {@link ExitCodes#NO_RESULT} and the reason where the study has no result.
     *
     * @param ended a study that has ended
     */
    static void require(StudyView ended) {
        complaint(ended).ifPresent(complaint -> {
            throw new CommandException(complaint, ExitCodes.NO_RESULT);
        });
    }

    /** Answers why the study has no result; empty where it has one. */
    static Optional<String> complaint(StudyView ended) {
        if (ended.state().equals("FAILED")) {
            return Optional.of(ended.name() + " failed" + reason(ended) + advice(ended));
        }
        if (ended.count("completed") == 0) {
            return Optional.of(
                    ended.name() + " ended without a completed trial" + reason(ended) + trials(ended) + advice(ended));
        }
        return Optional.empty();
    }

    private static String reason(StudyView ended) {
        return ended.stateReason().map(reason -> ": " + reason).orElse("");
    }

    private static String trials(StudyView ended) {
        List<String> counts = new ArrayList<>();
        LOST.stream()
                .filter(state -> ended.count(state) > 0)
                .forEach(state -> counts.add(ended.count(state) + " " + state));
        return counts.isEmpty() ? "" : " (" + String.join(", ", counts) + ")";
    }

    private static String advice(StudyView ended) {
        return ended.finished() + ended.count("cancelled") == 0
                ? ""
                : "; each trial's reason: trialstream trial list " + ended.name();
    }
}
