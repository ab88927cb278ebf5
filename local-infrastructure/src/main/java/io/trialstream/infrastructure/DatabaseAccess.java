package io.trialstream.infrastructure;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * How a program reaches one database: as a role that owns it and may do nothing else on the server.
 *
 * @param url the JDBC URL, without user and password
 * @param username the role
 * @param password belongs into environments and files of the user's own, never on a command line
 */
public record DatabaseAccess(String url, String username, String password) {

    /** Opens a connection. */
    public Connection connect() throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(username);
        source.setPassword(password);
        return source.getConnection();
    }

    /** Answers the same without the password. */
    @Override
    public String toString() {
        return url + " as " + username;
    }
}
