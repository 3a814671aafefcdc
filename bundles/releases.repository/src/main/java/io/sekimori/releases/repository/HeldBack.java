package io.sekimori.releases.repository;

import io.sekimori.releases.HeldAssignment;
import io.sekimori.releases.ReleasesException;
import io.sekimori.trust.Assignment;
import io.sekimori.trust.FloorPermits;
import io.sekimori.trust.TrustException;
import io.sekimori.trust.UnitFacts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which assignments are held back: what a gateway would refuse by the newest releases is neither handed out nor signed anew,
 * until another is assigned or people permit it. Nothing is kept, so it ends by itself. Thread-safe.
 */
final class HeldBack {

    private final Tables tables;
    private final Repositories repositories;
    private final Clock clock;
    private volatile @Nullable Known known;

    HeldBack(Tables tables, Repositories repositories, Clock clock) {
        this.tables = tables;
        this.repositories = repositories;
        this.clock = clock;
    }

    /** By what the rule can be told from another one: whatever is published has another timestamp, and permits are beside that. */
    record Edition(long roots, String timestamp, String permits) {

        private static final String ONE = "coalesce((select content from releases_metadata where repository = 'release'"
                + " and name = '%s'), '')";
        private static final String ALL = "select (select count(*) from releases_metadata where repository = 'release'"
                + " and name like '%.root.json'), "
                + String.format(ONE, "timestamp.json") + ", " + String.format(ONE, FloorPermits.FILE);

        /** In one question, as each poll asks it. */
        static Edition now(Connection connection) throws SQLException {
            try (PreparedStatement select = connection.prepareStatement(ALL);
                    ResultSet row = select.executeQuery()) {
                row.next();
                return new Edition(row.getLong(1), row.getString(2), row.getString(3));
            }
        }
    }

    private record Known(Edition edition, FloorRule rule) {}

    private record Found(Optional<AssignmentRow> row, Edition edition) {}

    /** Why what is assigned to a device is held back; empty if it is not, or nothing is assigned. */
    Optional<HeldAssignment> of(String device) throws ReleasesException, RefusedException {
        Found found =
                tables.read(connection -> new Found(AssignmentRow.of(connection, device), Edition.now(connection)));
        return found.row().isEmpty() ? Optional.empty() : of(found.row().get(), found.edition());
    }

    /** As {@link #of(String)}, of what was found together. */
    Optional<HeldAssignment> of(AssignmentRow row, Edition edition) throws ReleasesException, RefusedException {
        FloorRule rule = rule(edition);
        if (rule.below().isEmpty()) {
            return Optional.empty(); // what is signed is long, and is asked for at every poll
        }
        Assignment assignment;
        try {
            assignment = row.signed();
        } catch (TrustException e) {
            throw new RefusedException(e);
        }
        try {
            rule.demand(assignment.items(), new UnitFacts(row.device(), assignment.model()), clock.instant());
            return Optional.empty();
        } catch (RefusedException e) {
            return Optional.of(new HeldAssignment(row.device(), row.version(), e.code(), e.detail()));
        }
    }

    private FloorRule rule(Edition edition) throws ReleasesException, RefusedException {
        Known last = known; // read once: another thread may set it
        if (last == null || !last.edition().equals(edition)) {
            last = new Known(edition, repositories.read((open, connection) -> FloorRule.of(open.releases())));
            known = last;
        }
        return last.rule();
    }
}
