package io.trialstream.suggester.imports;

import io.trialstream.contracts.study.StudySpec;
import io.trialstream.rest.ProblemDetail.FieldError;
import io.trialstream.suggester.command.ImportCommands;
import io.trialstream.suggester.command.ImportCommands.Numbered;
import io.trialstream.suggester.command.ImportedEvidence;
import io.trialstream.suggester.command.StudyCommands;
import io.trialstream.suggester.command.StudySummary;
import io.trialstream.suggester.imports.ImportCheck.Checked;
import io.trialstream.suggester.imports.ImportRefusedException.Kind;
import io.trialstream.suggester.imports.ImportReport.Line;
import io.trialstream.suggester.imports.ImportReport.Status;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;

/**
 * Imports files, one at a time. A trial and its result are in the same ledger record, all of a file in one transaction;
 * histories follow the commit. Whoever got no answer sends the file again: nothing comes twice.
 */
@ApplicationScoped
public class Imports {
    private static final int MOST_ERRORS = 1_000;

    private final StudyCommands studies;
    private final ImportCommands commands;
    private final ImportedHistories histories;
    private final Semaphore atWork = new Semaphore(1);

    Imports(StudyCommands studies, ImportCommands commands, ImportedHistories histories) {
        this.studies = studies;
        this.commands = commands;
        this.histories = histories;
    }

    /**
     * Imports all trials of a file, or none.
     *
     * @throws ImportRefusedException where the file cannot be imported, with everything that is wrong, or while another
     *     file is imported
     */
    ImportReport importFile(String idOrName, ImportFile file, ImportFormat format) {
        if (!atWork.tryAcquire()) {
            throw new ImportRefusedException(Kind.IMPORT_UNDER_WAY, "another file is being imported");
        }
        try {
            return checkAndImport(idOrName, file, format);
        } finally {
            atWork.release();
        }
    }

    private ImportReport checkAndImport(String idOrName, ImportFile file, ImportFormat format) {
        StudySummary study = await(studies.get(idOrName));
        List<Checked> checked = check(study.spec(), file, format);
        List<ImportedEvidence> evidence =
                checked.stream().flatMap(trial -> trial.evidence().stream()).toList();
        List<Numbered> numbered = await(commands.importTrials(study.studyId(), evidence));
        if (checked.stream().anyMatch(Checked::hasHistory)) {
            histories.publish(file, format, numberedByEntry(checked, numbered));
        }
        return report(study.studyId(), checked, numbered);
    }

    private static List<Checked> check(StudySpec spec, ImportFile file, ImportFormat format) {
        ImportCheck check = new ImportCheck(spec, format, Clock.systemUTC());
        file.forEach(check::check);
        if (check.faulty() > 0) {
            List<FieldError> errors = check.errors();
            throw new ImportRefusedException(
                    Kind.INVALID_IMPORT,
                    check.faulty() + " of " + (check.faulty() + check.checked().size())
                            + " trials cannot be imported, so none was",
                    errors.subList(0, Math.min(MOST_ERRORS, errors.size())));
        }
        if (check.checked().isEmpty()) {
            throw new ImportRefusedException(Kind.UNREADABLE, "the file has no trials");
        }
        return check.checked();
    }

    /** For each trial of the file its number; empty where it is not imported. */
    private static List<Optional<Numbered>> numberedByEntry(List<Checked> checked, List<Numbered> numbered) {
        Iterator<Numbered> next = numbered.iterator();
        return checked.stream()
                .map(trial -> trial.evidence().map(evidence -> next.next()))
                .toList();
    }

    private static ImportReport report(String studyId, List<Checked> checked, List<Numbered> numbered) {
        List<Optional<Numbered>> byEntry = numberedByEntry(checked, numbered);
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < checked.size(); i++) {
            String place = checked.get(i).place();
            String state = checked.get(i).state().name();
            lines.add(byEntry.get(i)
                    .map(trial -> new Line(
                            place,
                            trial.isNew() ? Status.IMPORTED : Status.KNOWN,
                            state,
                            Optional.of(trial.trialId().toString())))
                    .orElse(new Line(place, Status.SKIPPED, state, Optional.empty())));
        }
        return ImportReport.of(studyId, lines);
    }

    private static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
