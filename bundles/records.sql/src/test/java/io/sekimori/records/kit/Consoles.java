package io.sekimori.records.kit;

import io.sekimori.records.Dialect;
import io.sekimori.records.Records;
import io.sekimori.records.sql.SqlRecords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * An empty database of its own for one test. Deleted after it. Thread-safe.
 */
public final class Consoles implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration GLANCE = Duration.ofMillis(20);

    private final Dialect dialect;
    private final Path unit;
    private final Map<String, String> configuration;
    private final List<SqlRecords> open = new ArrayList<>();

    private Consoles(Dialect dialect, Path unit, Map<String, String> configuration) {
        this.dialect = dialect;
        this.unit = unit;
        this.configuration = configuration;
    }

    /** A new database in H2. */
    static Consoles onH2() {
        return new Consoles(Dialect.H2, folder(), Map.of("patience.millis", "5000"));
    }

    /** A new database on that server. */
    static Consoles on(PostgresServer server) {
        Path unit = folder();
        server.passwordFile(unit.resolve("password"));
        return new Consoles(
                Dialect.POSTGRESQL,
                unit,
                Map.of(
                        "url", server.newDatabase(),
                        "user", PostgresServer.USER,
                        "password.file", "password",
                        "tls", "LOCAL",
                        "patience.millis", "5000"));
    }

    /** Which database it is. */
    public Dialect dialect() {
        return dialect;
    }

    /** The folder of the console's unit; in it {@code data} is the records' on H2. */
    public Path unit() {
        return unit;
    }

    /** What the records are configured with. */
    public Map<String, String> configuration() {
        return configuration;
    }

    /** The records of one more console on this database: another version in the same process, or another console. */
    public synchronized Records console() {
        SqlRecords records = SqlRecords.ofUnit(unit, configuration);
        open.add(records);
        return records;
    }

    /** Ends all consoles; the database stays, and the next console finds what they wrote. */
    public synchronized void endAll() {
        open.forEach(SqlRecords::close);
        open.clear();
    }

    @Override
    public void close() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            endAll();
            try {
                delete();
                return;
            } catch (DirectoryNotEmptyException | NoSuchFileException e) {
                // A thread that a test has told to end may be writing its last word.
                if (System.nanoTime() > deadline) {
                    throw new UncheckedIOException(e);
                }
                LockSupport.parkNanos(GLANCE.toNanos());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void delete() throws IOException {
        try (Stream<Path> files = Files.walk(unit)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("sekimori-records");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
