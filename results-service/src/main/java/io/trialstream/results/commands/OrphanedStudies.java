package io.trialstream.results.commands;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.trialstream.results.api.Study;
import io.trialstream.results.api.Views;
import io.trialstream.results.read.StudyRow;
import io.trialstream.results.read.StudyRows;
import io.trialstream.results.store.StudyEntity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;

/** Studies that the topics lack: the suggester does not know them, so they are deleted here. */
@ApplicationScoped
class OrphanedStudies {
    private final StudyRows studies;
    private final Session session;

    OrphanedStudies(StudyRows studies, Session session) {
        this.studies = studies;
        this.session = session;
    }

    /** The orphaned study of this id or name. */
    Optional<StudyRow> find(String idOrName) {
        return studies.find(idOrName).filter(StudyRow::orphaned);
    }

    /** Marks it as deleted; its data is deleted in the background. */
    Study delete(StudyRow study) {
        QuarkusTransaction.requiringNew().run(() -> {
            StudyEntity entity = session.find(StudyEntity.class, study.studyId(), LockModeType.PESSIMISTIC_WRITE);
            if (entity.orphaned) {
                entity.deleteOrphaned();
            }
        });
        return Views.listed(studies.all(List.of(study.studyId())).get(0));
    }
}
