package io.sekimori.releases.repository;

import io.sekimori.trust.MetadataFiles;
import io.sekimori.trust.Sha256;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The metadata of one repository, read from the records as a whole; what is saved is written when the transaction says so.
 * Metadata is UTF-8, which the verifier has made sure of before anything is saved. Confined to one thread.
 */
final class MetadataRows implements MetadataFiles {

    static final String RELEASE = "release";
    static final String DIRECTOR = "director";

    private final String repository;
    private final Map<String, byte[]> files = new TreeMap<>();
    private final Set<String> changed = new HashSet<>();

    private MetadataRows(String repository) {
        this.repository = repository;
    }

    static MetadataRows load(Connection connection, String repository) throws SQLException {
        MetadataRows rows = new MetadataRows(repository);
        try (PreparedStatement select =
                connection.prepareStatement("select name, content from releases_metadata where repository = ?")) {
            select.setString(1, repository);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.files.put(row.getString(1), row.getString(2).getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return rows;
    }

    /** One file, without the others. */
    static Optional<byte[]> one(Connection connection, String repository, String name) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select content from releases_metadata where repository = ? and name = ?")) {
            select.setString(1, repository);
            select.setString(2, name);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1).getBytes(StandardCharsets.UTF_8)) : Optional.empty();
            }
        }
    }

    /** How many files a repository has. */
    static long count(Connection connection, String repository) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select count(*) from releases_metadata where repository = ?")) {
            select.setString(1, repository);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    @Override
    public Optional<byte[]> fetch(String name, int maxBytes) {
        return Optional.ofNullable(files.get(name));
    }

    @Override
    public void save(String name, byte[] bytes) {
        files.put(name, bytes);
        changed.add(name);
    }

    /** The names that are here. */
    Set<String> names() {
        return Set.copyOf(files.keySet());
    }

    /** Forgets a file. */
    void remove(String name) {
        files.remove(name);
        changed.add(name);
    }

    /** Writes what was saved and removed. */
    void write(Connection connection) throws SQLException {
        try (PreparedStatement delete =
                        connection.prepareStatement("delete from releases_metadata where repository = ? and name = ?");
                PreparedStatement insert = connection.prepareStatement(
                        "insert into releases_metadata (repository, name, content, digest) values (?, ?, ?, ?)")) {
            for (String name : changed) {
                delete.setString(1, repository);
                delete.setString(2, name);
                delete.executeUpdate();
                byte[] content = files.get(name);
                if (content != null) {
                    insert.setString(1, repository);
                    insert.setString(2, name);
                    insert.setString(3, new String(content, StandardCharsets.UTF_8));
                    insert.setString(4, Sha256.hex(content));
                    insert.executeUpdate();
                }
            }
        }
    }
}
