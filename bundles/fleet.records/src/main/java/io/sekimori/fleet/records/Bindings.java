package io.sekimori.fleet.records;

import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.authority.Authority;
import io.sekimori.authority.AuthorityException;
import io.sekimori.authority.GatewayCertificate;
import io.sekimori.fleet.FleetCode;
import io.sekimori.fleet.FleetException;
import io.sekimori.fleet.Gateway;
import io.sekimori.fleet.Life;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Which key is whose: the authority decides it at enrolment, the fleet follows. Thread-safe. */
final class Bindings {

    private final FleetRecords records;
    private final Ledger ledger;
    private final Trace trace;
    private final Supplier<@Nullable Authority> authority;

    Bindings(FleetRecords records, Ledger ledger, Trace trace, Supplier<@Nullable Authority> authority) {
        this.records = records;
        this.ledger = ledger;
        this.trace = trace;
        this.authority = authority;
    }

    /** Takes over what the authority has bound. */
    void enrolled(GatewayCertificate certificate) throws FleetException {
        String id = certificate.gatewayId();
        boolean changed = records.write(connection -> bind(connection, id, certificate.deviceKey()));
        if (changed) {
            trace.tell(id, "fleet.enrol", id, Verdict.DONE, "", Map.of("device", certificate.deviceKey()));
        }
    }

    /** The gateway as bound: asks the authority if the fleet missed the enrolment. */
    Gateway bound(Gateway gateway) throws FleetException {
        if (gateway.life() != Life.PROVISIONED) {
            return gateway;
        }
        Optional<GatewayCertificate> certificate = newest(gateway.id());
        if (certificate.isEmpty() || certificate.get().state() == GatewayCertificate.State.REVOKED) {
            return gateway;
        }
        enrolled(certificate.get());
        return records.read(connection -> GatewayRows.one(connection, gateway.id()))
                .orElse(gateway);
    }

    Optional<Ledger.Place> locked(Connection connection, String id) throws SQLException {
        return ledger.locked(connection, id);
    }

    private boolean bind(Connection connection, String id, String deviceKey) throws SQLException {
        Optional<Ledger.Place> place = ledger.locked(connection, id);
        if (place.isEmpty()
                || place.get().life() == Life.LOST
                || place.get().life() == Life.RETIRED
                || place.get().deviceKey().equals(Optional.of(deviceKey))
                        && place.get().life() != Life.PROVISIONED) {
            return false;
        }
        ledger.bind(connection, id, place.get(), deviceKey);
        return true;
    }

    private Optional<GatewayCertificate> newest(String id) throws FleetException {
        Authority current = authority.get();
        if (current == null) {
            throw new FleetException(FleetCode.AUTHORITY_UNAVAILABLE, "no authority is installed", null);
        }
        try {
            return current.newest(id);
        } catch (AuthorityException e) {
            throw new FleetException(FleetCode.AUTHORITY_UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
    }
}
