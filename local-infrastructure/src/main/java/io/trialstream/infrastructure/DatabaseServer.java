package io.trialstream.infrastructure;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;

/**
 * A running server as its superuser sees it: makes the role that programs use, and databases that belong to that role.
 *
 * @param port on the loopback address
 * @param passwords of its two roles
 */
record DatabaseServer(int port, DatabasePasswords passwords) {
    static final String SUPERUSER = "postgres";
    static final String SERVICE = "trialstream";

    private static final String ADMINISTRATION = "postgres";
    private static final Pattern DATABASE_NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    /** What a database has that the superuser made, before there was a role for it; sequences of columns follow them. */
    private static final String HAND_OVER =
            """
            DO $$ DECLARE item record; BEGIN
              FOR item IN
                SELECT relation.oid::regclass AS name, CASE relation.relkind WHEN 'v' THEN 'VIEW'
                    WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind
                  FROM pg_class relation JOIN pg_namespace schema ON schema.oid = relation.relnamespace
                  WHERE schema.nspname = 'public' AND relation.relkind IN ('r', 'p', 'v', 'm', 'S')
                    AND pg_get_userbyid(relation.relowner) = '%s'
                    AND NOT (relation.relkind = 'S' AND EXISTS (SELECT FROM pg_depend
                      WHERE classid = 'pg_class'::regclass AND objid = relation.oid AND deptype IN ('a', 'i')))
              LOOP
                EXECUTE format('ALTER %%s %%s OWNER TO %s', item.kind, item.name);
              END LOOP;
            END $$"""
                    .formatted(SUPERUSER, SERVICE);

    /** Makes the role that programs use, which may do nothing beyond what it owns, and gives it its password. */
    void createServiceRole() {
        try (Connection connection = administration(ADMINISTRATION).connect();
                Statement statement = connection.createStatement()) {
            if (!exists(statement, "pg_roles WHERE rolname = '" + SERVICE + "'")) {
                statement.execute("CREATE ROLE " + SERVICE);
            }
            statement.execute("ALTER ROLE " + SERVICE + " LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION"
                    + " NOBYPASSRLS PASSWORD '" + passwords.service() + "'");
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create the role " + SERVICE, e);
        }
    }

    /** Creates a database of the service's role unless it exists; one of an earlier version is handed over to it. */
    DatabaseAccess createDatabase(String name) {
        requireName(name);
        try (Connection connection = administration(ADMINISTRATION).connect();
                Statement statement = connection.createStatement()) {
            if (!exists(statement, "pg_database WHERE datname = '" + name + "'")) {
                statement.execute("CREATE DATABASE " + name + " OWNER " + SERVICE);
            } else if (exists(
                    statement,
                    "pg_database WHERE datname = '" + name + "' AND pg_get_userbyid(datdba) = '" + SUPERUSER + "'")) {
                handOver(name);
                statement.execute("ALTER DATABASE " + name + " OWNER TO " + SERVICE);
            }
            return service(name);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create the database " + name, e);
        }
    }

    /** Creates a copy of a database that nobody uses, with everything in it. */
    DatabaseAccess copyDatabase(String original, String copy) {
        requireName(original);
        requireName(copy);
        try (Connection connection = administration(ADMINISTRATION).connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + copy + " TEMPLATE " + original + " OWNER " + SERVICE);
            return service(copy);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot copy the database " + original, e);
        }
    }

    private static void requireName(String name) {
        if (!DATABASE_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name is not a database name: " + name);
        }
    }

    private void handOver(String name) throws SQLException {
        try (Connection connection = administration(name).connect();
                Statement statement = connection.createStatement()) {
            statement.execute(HAND_OVER);
        }
    }

    private static boolean exists(Statement statement, String what) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT 1 FROM " + what)) {
            return rows.next();
        }
    }

    /** Answers how programs reach a database. */
    DatabaseAccess service(String name) {
        return new DatabaseAccess(url(name), SERVICE, passwords.service());
    }

    private DatabaseAccess administration(String name) {
        return new DatabaseAccess(url(name), SUPERUSER, passwords.superuser());
    }

    private String url(String name) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
    }
}
