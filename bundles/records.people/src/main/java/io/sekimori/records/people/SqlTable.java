package io.sekimori.records.people;

import io.sekimori.access.AccessCode;
import io.sekimori.access.AccessException;
import io.sekimori.access.Failures;
import io.sekimori.access.KeptPerson;
import io.sekimori.access.KeptSession;
import io.sekimori.access.PeopleTable;
import io.sekimori.access.Person;
import io.sekimori.access.Role;
import io.sekimori.access.Session;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The tables of people within one transaction. Confined to it. */
final class SqlTable implements PeopleTable {

    private final Connection connection;

    SqlTable(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Optional<KeptPerson> person(String name) throws AccessException {
        return query("select * from people_person where name = ?", SqlTable::person, name).stream()
                .findFirst();
    }

    @Override
    public List<KeptPerson> people(String after, int limit) throws AccessException {
        return query(
                "select * from people_person where name > ? order by name limit ?", SqlTable::person, after, limit);
    }

    @Override
    public void put(KeptPerson kept) throws AccessException {
        Person person = kept.person();
        String roles = new TreeSet<>(person.roles()).stream().map(Role::name).collect(Collectors.joining(" "));
        update("delete from people_person where name = ?", person.name());
        update(
                "insert into people_person (name, roles, state, version, password_hash, password_since)"
                        + " values (?, ?, ?, ?, ?, ?)",
                person.name(),
                roles,
                person.state().name(),
                person.version(),
                kept.passwordHash(),
                kept.passwordSince().toEpochMilli());
    }

    @Override
    public void removePerson(String name) throws AccessException {
        update("delete from people_person where name = ?", name);
    }

    @Override
    public Optional<KeptSession> session(String tokenHash) throws AccessException {
        return query("select * from people_session where token_hash = ?", SqlTable::session, tokenHash).stream()
                .findFirst();
    }

    @Override
    public List<KeptSession> sessions(String person) throws AccessException {
        return query("select * from people_session where person = ? order by since", SqlTable::session, person);
    }

    @Override
    public void put(KeptSession session) throws AccessException {
        removeSession(session.tokenHash());
        update(
                "insert into people_session (token_hash, id, person, kind, since, used, ends, address)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?)",
                session.tokenHash(),
                session.id(),
                session.person(),
                session.kind().name(),
                session.since().toEpochMilli(),
                session.used().toEpochMilli(),
                session.ends().toEpochMilli(),
                session.from());
    }

    @Override
    public void removeSession(String tokenHash) throws AccessException {
        update("delete from people_session where token_hash = ?", tokenHash);
    }

    @Override
    public void removeSessionsEndedBefore(Instant then) throws AccessException {
        update("delete from people_session where ends < ?", then.toEpochMilli());
    }

    @Override
    public Failures failures(String key) throws AccessException {
        return query("select * from people_failure where subject = ?", SqlTable::failures, key).stream()
                .findFirst()
                .orElse(Failures.NONE);
    }

    @Override
    public void put(String key, Failures failures) throws AccessException {
        update("delete from people_failure where subject = ?", key);
        if (failures.count() > 0) {
            update(
                    "insert into people_failure (subject, failures, last_failure, closed_until) values (?, ?, ?, ?)",
                    key,
                    failures.count(),
                    failures.last().toEpochMilli(),
                    failures.closedUntil().toEpochMilli());
        }
    }

    @Override
    public void removeFailuresBefore(Instant then) throws AccessException {
        update("delete from people_failure where last_failure < ?", then.toEpochMilli());
    }

    private static KeptPerson person(ResultSet row) throws SQLException {
        return new KeptPerson(
                new Person(
                        row.getString("name"),
                        Arrays.stream(row.getString("roles").split(" "))
                                .map(Role::valueOf)
                                .collect(Collectors.toSet()),
                        Person.State.valueOf(row.getString("state")),
                        row.getLong("version")),
                row.getString("password_hash"),
                Instant.ofEpochMilli(row.getLong("password_since")));
    }

    private static KeptSession session(ResultSet row) throws SQLException {
        return new KeptSession(
                row.getString("token_hash"),
                row.getString("id"),
                row.getString("person"),
                Session.Kind.valueOf(row.getString("kind")),
                Instant.ofEpochMilli(row.getLong("since")),
                Instant.ofEpochMilli(row.getLong("used")),
                Instant.ofEpochMilli(row.getLong("ends")),
                row.getString("address"));
    }

    private static Failures failures(ResultSet row) throws SQLException {
        return new Failures(
                row.getInt("failures"),
                Instant.ofEpochMilli(row.getLong("last_failure")),
                Instant.ofEpochMilli(row.getLong("closed_until")));
    }

    /** Makes a value of a row. */
    @FunctionalInterface
    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> query(String sql, Row<T> row, Object... values) throws AccessException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            fill(statement, values);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(row.read(rows));
                }
                return found;
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private void update(String sql, Object... values) throws AccessException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            fill(statement, values);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static void fill(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    private static AccessException failed(SQLException e) {
        return new AccessException(AccessCode.ACCESS_STORE_FAILED, String.valueOf(e.getMessage()), e);
    }
}
