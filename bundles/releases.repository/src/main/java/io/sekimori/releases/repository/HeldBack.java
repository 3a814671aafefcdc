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
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.osgi.service.log.Logger;

/**
 * Which assignments are held back: what a gateway would refuse by the newest releases is neither handed out nor signed anew,
 * until another is assigned or people permit it. Nothing is stored, so it ends by itself. Thread-safe.
 */
final class HeldBack {

    /** For how long it is believed that the releases cannot be read: each poll asks, and to try is dear. */
    private static final Duration BELIEVED = Duration.ofMinutes(1);

    /** As many gateways as a console is made for; of the others each poll reads what is assigned. */
    private static final int MOST_REMEMBERED = 100_000;

    private final Tables tables;
    private final Repositories repositories;
    private final Clock clock;
    private final Logger log;
    private final AtomicReference<@Nullable Known> known = new AtomicReference<>();

    HeldBack(Tables tables, Repositories repositories, Clock clock, Logger log) {
        this.tables = tables;
        this.repositories = repositories;
        this.clock = clock;
        this.log = log;
    }

    /**
     * By what the rule can be told from another one: whatever is published has another timestamp, and permits are beside that. Of both
     * the digests, as each poll asks.
     */
    record Edition(long roots, String timestamp, String permits) {

        private static final String ONE = "coalesce((select case when digest = '' then content else digest end"
                + " from releases_metadata where repository = 'release' and name = '%s'), '')";
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

    /**
     * The rule by an edition, or why there is none.
     *
     * @param fine the versions of what is assigned and is below no floor, by device
     */
    private record Known(
            Edition edition,
            Instant looked,
            Optional<FloorRule> rule,
            Optional<RefusedException> refused,
            Map<String, Long> fine) {

        boolean holds(Edition now, Instant instant) {
            return edition.equals(now)
                    && (rule.isPresent() || !instant.isBefore(looked) && instant.isBefore(looked.plus(BELIEVED)));
        }

        FloorRule demand() throws RefusedException {
            if (refused.isPresent()) {
                throw refused.get();
            }
            return rule.orElseThrow();
        }
    }

    private record Found(Optional<AssignmentRow> row, Edition edition) {}

    /** Why what is assigned to a device is held back; empty if it is not, or nothing is assigned. */
    Optional<HeldAssignment> of(String device) throws ReleasesException, RefusedException {
        Found found =
                tables.read(connection -> new Found(AssignmentRow.of(connection, device), Edition.now(connection)));
        return found.row().isEmpty() ? Optional.empty() : of(found.row().get(), found.edition());
    }

    /** As {@link #of(String)}, of what was found together. */
    Optional<HeldAssignment> of(AssignmentRow row, Edition edition) throws ReleasesException, RefusedException {
        Known by = by(edition);
        FloorRule rule = by.demand();
        // What is signed is long, and is asked for at every poll.
        if (rule.below().isEmpty()
                || Long.valueOf(row.version()).equals(by.fine().get(row.device()))) {
            return Optional.empty();
        }
        Assignment assignment;
        try {
            assignment = row.signed();
        } catch (TrustException e) {
            throw new RefusedException(e);
        }
        if (!rule.concerns(assignment.items())) {
            if (by.fine().size() < MOST_REMEMBERED) {
                by.fine().put(row.device(), row.version());
            }
            return Optional.empty();
        }
        try {
            rule.demand(assignment.items(), new UnitFacts(row.device(), assignment.model()), clock.instant());
            return Optional.empty();
        } catch (RefusedException e) {
            return Optional.of(new HeldAssignment(row.device(), row.version(), e.code(), e.detail()));
        }
    }

    /** By what it is held back now; empty if that cannot be told, so that nothing is. */
    Optional<FloorRule> rule() throws ReleasesException {
        return by(tables.read(Edition::now)).rule();
    }

    /** Whether there is a rule to go by; if not, that is logged once. */
    boolean known(Edition edition) throws ReleasesException {
        return by(edition).rule().isPresent();
    }

    private Known by(Edition edition) throws ReleasesException {
        Instant now = clock.instant();
        Known last = known.get();
        if (last != null && last.holds(edition, now)) {
            return last;
        }
        Known next = look(edition, now);
        boolean told =
                last != null && last.edition().equals(edition) && last.refused().isPresent();
        if (known.compareAndSet(last, next) && next.refused().isPresent() && !told) {
            log.error(
                    "What is below a floor cannot be told, so nothing is held back and nothing signed anew: {}",
                    next.refused().get().getMessage());
        }
        return next;
    }

    private Known look(Edition edition, Instant now) throws ReleasesException {
        try {
            FloorRule rule = repositories.read((open, connection) -> FloorRule.of(open.releases()));
            return new Known(edition, now, Optional.of(rule), Optional.empty(), new ConcurrentHashMap<>());
        } catch (RefusedException e) {
            return new Known(edition, now, Optional.empty(), Optional.of(e), Map.of());
        }
    }
}
