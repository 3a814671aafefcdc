package io.sekimori.releases.repository;

import io.sekimori.releases.CurrentAssignment;
import io.sekimori.releases.ReleasesException;
import java.time.Clock;
import java.util.Optional;
import org.osgi.service.log.Logger;

/** The newest assignments; one that its gateway could soon not accept any more is signed anew when it asks. Thread-safe. */
final class FreshAssignments {

    private final Tables tables;
    private final Signing signing;
    private final Clock clock;
    private final Logger log;

    FreshAssignments(Tables tables, Signing signing, Clock clock, Logger log) {
        this.tables = tables;
        this.signing = signing;
        this.clock = clock;
        this.log = log;
    }

    /** What a device that asks now is given. */
    Optional<CurrentAssignment> of(String device) throws ReleasesException {
        Optional<AssignmentRow> row = read(device);
        if (row.isPresent() && row.get().ages(clock.instant())) {
            try {
                signing.renew(device);
                row = read(device);
            } catch (RefusedException e) {
                log.error("The assignment of {} is not signed anew: {}", device, e.getMessage());
            }
        }
        return row.map(AssignmentRow::current);
    }

    private Optional<AssignmentRow> read(String device) throws ReleasesException {
        return tables.read(connection -> AssignmentRow.of(connection, device));
    }
}
