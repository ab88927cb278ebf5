package io.trialstream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.trialstream.cli.client.StudyView;
import io.trialstream.cli.client.TrialQuery;
import io.trialstream.cli.client.TrialstreamClient;
import java.nio.file.Path;
import java.util.Optional;

/** Writes a study's finished trials to a folder, those that are there and then each as it finishes. */
final class SeedFollow {
    private final Session session;
    private final TrialstreamClient client;
    private final SeedFolder folder;
    private final String studyId;

    SeedFollow(Session session, TrialstreamClient client, StudyView study, Path directory) {
        this.session = session;
        this.client = client;
        this.studyId = study.studyId();
        this.folder = SeedFolder.open(directory, studyId);
    }

    /** Returns when the study has ended and all its trials are written; answers how many there are. */
    int untilEnd() throws InterruptedException {
        session.terminal().note(folder.size() + " trials are there already");
        new StudyWatch(session, client, new Writing()).untilEnd(studyId);
        return folder.size();
    }

    /** Looks for new trials whenever the number of completed ones is not the folder's. */
    private final class Writing implements StudyProgress {
        private int completed = -1;

        @Override
        public void seen(JsonNode document, StudyView study) {
            if (study.count("completed") != completed) {
                writeNewOnes();
                completed = study.count("completed");
            }
        }

        private void writeNewOnes() {
            Optional<String> token = Optional.empty();
            do {
                JsonNode page = client.trials(studyId, TrialQuery.completedNumbers(token));
                for (JsonNode trial : page.path("items")) {
                    int number = trial.path("number").asInt();
                    if (!folder.has(number)) {
                        session.terminal()
                                .note("#" + number + "  "
                                        + folder.add(number, client.seedFile(studyId + ":" + number)));
                    }
                }
                token = Optional.ofNullable(page.path("nextPageToken").textValue());
            } while (token.isPresent());
        }

        @Override
        public void waitingFor(String origin) {
            session.terminal().status("waiting for " + origin);
        }

        @Override
        public void end() {
            session.terminal().endStatus();
        }
    }
}
