package io.sekimori.releases.repository;

import io.sekimori.releases.CurrentAssignment;
import io.sekimori.releases.ReleasesException;
import io.sekimori.trust.RoleKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.osgi.service.log.Logger;

/**
 * The newest assignments. One that its gateway does not accept, or could soon not accept any more, is signed anew when it asks: so
 * a fleet follows the director's next root. One that is held back is not there. Thread-safe.
 */
final class FreshAssignments {

    private static final Duration BELIEVED = Duration.ofMinutes(1);

    private final Tables tables;
    private final Signing signing;
    private final HeldBack held;
    private final Clock clock;
    private final Logger log;
    private volatile @Nullable Known known;
    private final AtomicReference<@Nullable Able> able = new AtomicReference<>();

    /** Whose signatures counted when there were so many roots. */
    private record Known(long roots, RoleKeys keys) {}

    /** Whether the keys of this console were enough when there were so many roots; believed for {@link #BELIEVED}. */
    private record Able(long roots, Instant looked, boolean enough) {

        boolean holds(long now, Instant instant) {
            return roots == now && !instant.isBefore(looked) && instant.isBefore(looked.plus(BELIEVED));
        }
    }

    private record Found(Optional<AssignmentRow> row, long roots, HeldBack.Edition edition) {}

    FreshAssignments(Tables tables, Signing signing, HeldBack held, Clock clock, Logger log) {
        this.tables = tables;
        this.signing = signing;
        this.held = held;
        this.clock = clock;
        this.log = log;
    }

    /** What a device that asks now is given. */
    Optional<CurrentAssignment> of(String device) throws ReleasesException {
        Found found = look(device);
        try {
            if (found.row().isPresent() && !held.known(found.edition())) {
                return found.row().map(AssignmentRow::current); // nothing can be signed either; the gateway judges it
            }
            if (found.row().isPresent()
                    && held.of(found.row().get(), found.edition()).isPresent()) {
                return Optional.empty();
            }
            if (found.row().isPresent() && stale(found.row().get(), found.roots()) && able(found.roots())) {
                signing.renew(device);
                found = look(device);
            }
        } catch (RefusedException e) {
            log.error("The assignment of {} is not signed anew: {}", device, e.getMessage());
        }
        return found.row().map(AssignmentRow::current);
    }

    private boolean stale(AssignmentRow row, long roots) throws ReleasesException, RefusedException {
        return row.ages(clock.instant()) || !row.signedBy(keys(roots));
    }

    // Without the keys each poll of each gateway would begin a transaction, undo it and all that shares it, and log
    // that.
    private boolean able(long roots) throws ReleasesException, RefusedException {
        Instant now = clock.instant();
        Able last = able.get();
        if (last != null && last.holds(roots, now)) {
            return last.enough();
        }
        boolean enough = signing.able();
        boolean known = last != null && last.roots() == roots && !last.enough();
        if (able.compareAndSet(last, new Able(roots, now, enough)) && !enough && !known) {
            log.error("No assignment is signed anew: this console lacks keys that the director's root demands");
        }
        return enough;
    }

    /** Roots never go and never change: as many of them are the same ones. */
    private RoleKeys keys(long roots) throws ReleasesException, RefusedException {
        Known last = known; // read once: another thread may set it
        if (last == null || last.roots() != roots) {
            last = new Known(roots, signing.keys());
            known = last;
        }
        return last.keys();
    }

    private Found look(String device) throws ReleasesException {
        return tables.read(connection -> new Found(
                AssignmentRow.of(connection, device),
                MetadataRows.count(connection, MetadataRows.DIRECTOR),
                HeldBack.Edition.now(connection)));
    }
}
