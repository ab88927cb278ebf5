package io.trialstream.contracts.study;

import io.trialstream.space.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Collects what is wrong with a study file, so that its author sees all of it at once. Confined to one thread. */
final class ProblemList {
    private final List<Problem> problems = new ArrayList<>();

    void add(String path, String code, String message) {
        problems.add(new Problem(path, code, message));
    }

    void add(Problem problem) {
        problems.add(problem);
    }

    void addAll(Collection<Problem> others) {
        problems.addAll(others);
    }

    void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new InvalidStudyException(problems);
        }
    }
}
