package io.sekimori.fleet.records;

import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.authority.ActivationOrder;
import io.sekimori.authority.Authority;
import io.sekimori.authority.AuthorityException;
import io.sekimori.authority.IssuedActivation;
import io.sekimori.fleet.ActivationText;
import io.sekimori.fleet.FleetAnswer;
import io.sekimori.fleet.FleetAnswer.Changed;
import io.sekimori.fleet.FleetAnswer.Refused;
import io.sekimori.fleet.FleetAnswer.Registered;
import io.sekimori.fleet.FleetCode;
import io.sekimori.fleet.FleetException;
import io.sekimori.fleet.Gateway;
import io.sekimori.fleet.Life;
import io.sekimori.fleet.Registration;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What people order of the fleet: each is audited first, and its outcome afterwards. Thread-safe. */
final class Orders {

    private final FleetRecords records;
    private final Ledger ledger;
    private final Trace trace;
    private final Supplier<@Nullable Authority> authority;
    private final Clock clock;

    Orders(FleetRecords records, Ledger ledger, Trace trace, Supplier<@Nullable Authority> authority, Clock clock) {
        this.records = records;
        this.ledger = ledger;
        this.trace = trace;
        this.authority = authority;
        this.clock = clock;
    }

    FleetAnswer register(Registration registration, Duration validFor, String actor) throws FleetException {
        Authority current = authority();
        String id = ledger.newId();
        String action = "fleet.register";
        trace.allow(actor, action, id, Map.of("serial", registration.serial(), "model", registration.model()));
        boolean added = records.write(connection -> ledger.add(connection, id, registration, clock.instant()));
        if (!added) {
            return refused(actor, action, id, FleetCode.SERIAL_KNOWN, registration.serial());
        }
        trace.tell(actor, action, id, Verdict.DONE, "", Map.of());
        return activated(current, id, validFor, actor);
    }

    FleetAnswer activation(String id, Duration validFor, String actor) throws FleetException {
        Authority current = authority();
        Optional<Gateway> gateway = gateway(id);
        if (gateway.isEmpty()) {
            return new Refused(FleetCode.GATEWAY_UNKNOWN, id);
        }
        Life life = gateway.get().life();
        if (life != Life.PROVISIONED) {
            return new Refused(
                    life == Life.ACTIVATED ? FleetCode.ALREADY_ACTIVATED : FleetCode.LIFE_IMPOSSIBLE,
                    id + " is " + life);
        }
        return activated(current, id, validFor, actor);
    }

    FleetAnswer label(String id, Set<String> labels, OptionalLong revision, String actor) throws FleetException {
        Set<String> checked = Registration.labels(labels);
        String action = "fleet.label";
        trace.allow(actor, action, id, Map.of("labels", String.join(" ", new TreeSet<>(checked))));
        return change(id, revision, actor, action, (connection, place) -> {
            ledger.relabel(connection, id, checked);
            return Optional.empty();
        });
    }

    FleetAnswer move(String id, Life life, OptionalLong revision, String actor) throws FleetException {
        String action = "fleet.move";
        trace.allow(actor, action, id, Map.of("life", life.name()));
        if (life == Life.LOST || life == Life.RETIRED) {
            FleetAnswer doubt = doubt(id, life, revision);
            if (doubt instanceof Refused refused) {
                return refused(actor, action, id, refused.code(), refused.detail());
            }
            // First the certificate: a gateway that is retired in the records alone would still be let in.
            revoke(id, life, actor);
        }
        return change(id, revision, actor, action, (connection, place) -> {
            if (!place.life().mayBecome(life)) {
                return Optional.of(impossible(place.life(), life));
            }
            ledger.move(connection, id, life);
            return Optional.empty();
        });
    }

    private interface Changing {
        Optional<Refused> change(Connection connection, Ledger.Place place) throws SQLException;
    }

    private FleetAnswer change(String id, OptionalLong revision, String actor, String action, Changing changing)
            throws FleetException {
        FleetAnswer answer = records.write(connection -> {
            Optional<Ledger.Place> place = ledger.locked(connection, id);
            if (place.isEmpty()) {
                return new Refused(FleetCode.GATEWAY_UNKNOWN, id);
            }
            if (revision.isPresent() && revision.getAsLong() != place.get().revision()) {
                return new Refused(
                        FleetCode.CHANGED_MEANWHILE,
                        id + " is at revision " + place.get().revision());
            }
            Optional<Refused> refused = changing.change(connection, place.get());
            return refused.isPresent()
                    ? refused.get()
                    : new Changed(GatewayRows.one(connection, id).orElseThrow());
        });
        if (answer instanceof Refused refused) {
            return refused(actor, action, id, refused.code(), refused.detail());
        }
        trace.tell(actor, action, id, Verdict.DONE, "", Map.of());
        return answer;
    }

    private FleetAnswer doubt(String id, Life life, OptionalLong revision) throws FleetException {
        Optional<Gateway> gateway = gateway(id);
        if (gateway.isEmpty()) {
            return new Refused(FleetCode.GATEWAY_UNKNOWN, id);
        }
        Gateway found = gateway.get();
        if (revision.isPresent() && revision.getAsLong() != found.revision()) {
            return new Refused(FleetCode.CHANGED_MEANWHILE, id + " is at revision " + found.revision());
        }
        return found.life().mayBecome(life) ? new Changed(found) : impossible(found.life(), life);
    }

    private static Refused impossible(Life from, Life to) {
        return new Refused(FleetCode.LIFE_IMPOSSIBLE, "from " + from + " to " + to);
    }

    private void revoke(String id, Life life, String actor) throws FleetException {
        try {
            authority().revoke(id, life.name(), actor);
        } catch (AuthorityException e) {
            throw new FleetException(FleetCode.AUTHORITY_UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
    }

    private FleetAnswer activated(Authority current, String id, Duration validFor, String actor) throws FleetException {
        Gateway gateway = gateway(id).orElseThrow();
        try (IssuedActivation issued = current.activate(new ActivationOrder(id, validFor), actor)) {
            return new Registered(gateway, new ActivationText(issued.file()));
        } catch (AuthorityException e) {
            // The gateway is registered all the same; an activation can be asked for again.
            throw new FleetException(FleetCode.AUTHORITY_UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
    }

    private Optional<Gateway> gateway(String id) throws FleetException {
        return records.read(connection -> GatewayRows.one(connection, id));
    }

    private FleetAnswer refused(String actor, String action, String id, FleetCode code, String detail) {
        trace.tell(actor, action, id, Verdict.REFUSED, code.name(), Map.of("detail", detail));
        return new Refused(code, detail);
    }

    private Authority authority() throws FleetException {
        Authority current = authority.get();
        if (current == null) {
            throw new FleetException(FleetCode.AUTHORITY_UNAVAILABLE, "no authority is installed", null);
        }
        return current;
    }
}
