package io.sekimori.releases.repository;

import io.sekimori.releases.ReleasesCode;
import io.sekimori.releases.ReleasesException;
import io.sekimori.trust.OnlineDirector;
import io.sekimori.trust.OnlineReleases;
import io.sekimori.trust.PublishCode;
import io.sekimori.trust.TrustException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Release repository and director as they are in the records. What is done with them in one call is one transaction; what
 * it refuses leaves nothing behind. Thread-safe.
 */
final class Repositories {

    private static final String FIRST = "1.root.json";
    private static final int MAX_ROOT_BYTES = 512 << 10;

    private final Tables tables;
    private final Supplier<Settings> settings;

    Repositories(Tables tables, Supplier<Settings> settings) {
        this.tables = tables;
        this.settings = settings;
    }

    /** Both repositories, open for one transaction. */
    record Open(MetadataRows releaseRows, OnlineReleases releases, OnlineDirector director) {}

    /** What is done in one transaction; may be called again. */
    @FunctionalInterface
    interface Use<T> {
        T with(Open open, Connection connection) throws IOException, RefusedException, SQLException;
    }

    /** Looks, and changes nothing. */
    <T> T read(Use<T> use) throws ReleasesException, RefusedException {
        return unwrapped(() -> tables.read(connection -> run(use, connection, false)));
    }

    /** Changes what the use saves and what it writes itself. */
    <T> T write(Use<T> use) throws ReleasesException, RefusedException {
        return unwrapped(() -> tables.write(connection -> run(use, connection, true)));
    }

    private <T> T run(Use<T> use, Connection connection, boolean writing) throws SQLException {
        MetadataRows releaseRows = MetadataRows.load(connection, MetadataRows.RELEASE);
        MetadataRows directorRows = MetadataRows.load(connection, MetadataRows.DIRECTOR);
        OnlineReleases releases = new OnlineReleases(releaseRows);
        OnlineDirector director = new OnlineDirector(directorRows);
        try {
            begin(releaseRows, MetadataRows.RELEASE, releases::begin);
            begin(directorRows, MetadataRows.DIRECTOR, director::begin);
            T result = use.with(new Open(releaseRows, releases, director), connection);
            if (writing) {
                releaseRows.write(connection);
                directorRows.write(connection);
            }
            return result;
        } catch (TrustException e) {
            throw new Wrapped(new RefusedException(e));
        } catch (IOException | RefusedException e) {
            throw new Wrapped(e);
        }
    }

    private interface Begin {
        void with(byte[] root) throws IOException;
    }

    // The first root comes with the set-up of this console. Records that begin with another one are another fleet's.
    private void begin(MetadataRows rows, String repository, Begin begin) throws IOException, RefusedException {
        Optional<byte[]> anchor = settings.get().place().anchor(repository);
        Optional<byte[]> first = rows.fetch(FIRST, MAX_ROOT_BYTES);
        if (first.isEmpty() && anchor.isEmpty()) {
            throw new RefusedException(ReleasesCode.ANCHOR_MISSING, "anchors/" + repository + ".json");
        }
        if (first.isEmpty()) {
            begin.with(anchor.get());
        } else if (anchor.isPresent() && !Arrays.equals(anchor.get(), first.get())) {
            throw new RefusedException(ReleasesCode.ANCHOR_DIFFERS, "anchors/" + repository + ".json");
        }
    }

    private interface Transaction<T> {
        T run() throws ReleasesException;
    }

    private static <T> T unwrapped(Transaction<T> transaction) throws ReleasesException, RefusedException {
        try {
            return transaction.run();
        } catch (Wrapped e) {
            if (e.getCause() instanceof RefusedException refused) {
                throw missingKeysNamed(refused);
            }
            throw new ReleasesException(
                    "the console's own files: " + e.getCause().getMessage(), e.getCause());
        }
    }

    private static RefusedException missingKeysNamed(RefusedException refused) {
        return refused.code().equals(PublishCode.TOO_FEW_SIGNATURES.name())
                ? new RefusedException(ReleasesCode.ONLINE_KEYS_MISSING, refused.detail())
                : refused;
    }

    /** Carries what a transaction threw out of it; that undoes it. */
    private static final class Wrapped extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Wrapped(Exception cause) {
            super(cause);
        }
    }
}
