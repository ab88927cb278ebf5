package io.trialstream.results.ingest;

import io.agroal.api.AgroalDataSource;
import io.trialstream.results.artifacts.TrialArtifacts;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Deletes the files of deleted studies. They count as deleted only if the artifact store is the one that was first seen:
 * an unmounted disk leaves an empty directory in its place. Called by the ingesting thread only.
 */
@ApplicationScoped
class DeletedStudyFiles {
    private static final Logger LOG = Logger.getLogger(DeletedStudyFiles.class);
    private static final String KNOWN = "select identity from artifact_store";
    private static final String KEEP = "insert into artifact_store (identity) values (?) on conflict do nothing";

    private final AgroalDataSource database;
    private final TrialArtifacts artifacts;

    DeletedStudyFiles(AgroalDataSource database, TrialArtifacts artifacts) {
        this.database = database;
        this.artifacts = artifacts;
    }

    /** Remembers the artifact store's identity, unless one is known. Call it at start, while all disks are mounted. */
    void rememberStore() throws SQLException {
        try (Connection connection = database.getConnection()) {
            rememberedStore(connection);
        } catch (IOException e) {
            LOG.warnf("the artifact store cannot be reached reason=%s", e.getMessage());
        }
    }

    /** Deletes the study's files; false if some may remain. */
    boolean delete(Connection connection, String study) throws SQLException {
        try {
            String known = rememberedStore(connection);
            String found = artifacts.identity();
            if (!found.equals(known)) {
                throw new IOException("expected artifact store " + known + ", found " + found);
            }
            artifacts.deleteStudy(study);
            return true;
        } catch (IOException e) {
            LOG.warnf("cannot delete the files of a deleted study studyId=%s reason=%s", study, e.getMessage());
            return false;
        }
    }

    private String rememberedStore(Connection connection) throws SQLException, IOException {
        Optional<String> known = known(connection);
        if (known.isPresent()) {
            return known.get();
        }
        String identity = artifacts.establishIdentity();
        try (PreparedStatement keep = connection.prepareStatement(KEEP)) {
            keep.setString(1, identity);
            keep.executeUpdate();
        }
        return known(connection).orElse(identity);
    }

    private static Optional<String> known(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(KNOWN)) {
            return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
        }
    }
}
