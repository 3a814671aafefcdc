package io.sekimori.fleet.records;

import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.fleet.DeviceReport;
import io.sekimori.fleet.FleetCode;
import io.sekimori.fleet.FleetException;
import io.sekimori.fleet.Gateway;
import io.sekimori.fleet.Life;
import io.sekimori.fleet.ReportAnswer;
import io.sekimori.fleet.ReportAnswer.Accepted;
import io.sekimori.fleet.ReportAnswer.Dropped;
import io.sekimori.fleet.ReportAnswer.Known;
import io.sekimori.fleet.records.ReportReading.Reading;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Takes signed reports: believed is what the bound key signed, once, in order. Thread-safe. */
final class ReportIntake {

    private static final String ACTION = "fleet.report";

    private final FleetRecords records;
    private final Bindings bindings;
    private final Drops drops;
    private final Trace trace;
    private final Clock clock;

    ReportIntake(FleetRecords records, Bindings bindings, Drops drops, Trace trace, Clock clock) {
        this.records = records;
        this.bindings = bindings;
        this.drops = drops;
        this.trace = trace;
        this.clock = clock;
    }

    ReportAnswer take(String id, byte[] signed) throws FleetException {
        Optional<Gateway> known = records.read(connection -> GatewayRows.bare(connection, id));
        if (known.isEmpty()) {
            // Not counted or audited: no row would bear it, and the names are whoever's choice.
            return new Dropped(FleetCode.GATEWAY_UNKNOWN, "no gateway has this id");
        }
        Gateway gateway = bindings.bound(known.get());
        if (gateway.life() != Life.ACTIVATED || gateway.deviceKey().isEmpty()) {
            return dropped(id, FleetCode.GATEWAY_NOT_TRUSTED, "it is " + gateway.life());
        }
        Reading reading = ReportReading.read(signed, gateway.deviceKey().get());
        if (reading instanceof Reading.Doubtful doubtful) {
            return dropped(id, doubtful.code(), doubtful.detail());
        }
        Reading.Verified verified = (Reading.Verified) reading;
        if (!verified.serial().equals(gateway.serial()) || !verified.model().equals(gateway.model())) {
            return dropped(
                    id,
                    FleetCode.REPORT_FORGED,
                    "it is registered as another unit than it says: " + gateway.serial() + ", " + gateway.model());
        }
        return keep(gateway, verified.report(), new String(signed, StandardCharsets.UTF_8));
    }

    private ReportAnswer keep(Gateway gateway, DeviceReport report, String signed) throws FleetException {
        String key = gateway.deviceKey().orElseThrow();
        ReportAnswer answer = records.write(connection -> keep(connection, gateway.id(), key, report, signed));
        if (answer instanceof Dropped dropped) {
            return dropped(gateway.id(), dropped.code(), dropped.detail());
        }
        if (answer instanceof Accepted && differs(gateway, report)) {
            trace.tell(
                    gateway.id(),
                    ACTION,
                    gateway.id(),
                    Verdict.DONE,
                    "",
                    Map.of(
                            "generation", Integer.toString(report.generation()),
                            "assignment", Long.toString(report.assignment()),
                            "outcome",
                                    report.transition()
                                            .map(last -> last.outcome() + " " + last.code())
                                            .orElse(""),
                            "findings", cut(String.join("; ", report.findings())),
                            "attacks", attacks(gateway, report),
                            "belowFloor", cut(String.join("; ", report.noted().belowFloor()))));
        }
        return answer;
    }

    private ReportAnswer keep(Connection connection, String id, String key, DeviceReport report, String signed)
            throws SQLException {
        Optional<Ledger.Place> place = bindings.locked(connection, id);
        if (place.isEmpty()
                || place.get().life() != Life.ACTIVATED
                || !place.get().deviceKey().equals(Optional.of(key))) {
            return new Dropped(FleetCode.GATEWAY_NOT_TRUSTED, "it changed in the meantime");
        }
        Optional<ReportRows.Kept> kept = ReportRows.locked(connection, id);
        if (kept.isPresent() && report.sequence() <= kept.get().sequence()) {
            return older(connection, id, kept.get(), report, signed);
        }
        SeenSequences seen = kept.isEmpty()
                ? SeenSequences.FIRST
                : kept.get().seen().newer(report.sequence() - kept.get().sequence());
        ReportRows.put(connection, id, report, seen, signed, clock.instant());
        return new Accepted(
                GatewayRows.reported(connection, id, report.bundles()).orElseThrow(), report);
    }

    private static ReportAnswer older(
            Connection connection, String id, ReportRows.Kept kept, DeviceReport report, String signed)
            throws SQLException {
        long steps = kept.sequence() - report.sequence();
        if (kept.seen().has(steps)
                && !signed.equals(ReportRows.signed(connection, Set.of(id)).get(id))) {
            return new Dropped(
                    FleetCode.REPORT_REPLAYED, "sequence " + report.sequence() + " comes after " + kept.sequence());
        }
        ReportRows.note(connection, id, kept.seen().older(steps));
        return new Known(GatewayRows.one(connection, id).orElseThrow());
    }

    /** The audit tells of what changed; that a gateway goes on as it was, the records tell alone. */
    private static boolean differs(Gateway before, DeviceReport report) {
        return before.report()
                .map(last -> last.generation() != report.generation()
                        || !last.transition().equals(report.transition())
                        || !last.findings().equals(report.findings())
                        || !last.noted().equals(report.noted()))
                .orElse(true);
    }

    private ReportAnswer dropped(String id, FleetCode code, String detail) throws FleetException {
        long written = drops.count(id);
        if (written > 0) {
            trace.tell(
                    id, ACTION, id, Verdict.REFUSED, code.name(), Map.of("detail", cut(detail), "count", "" + written));
        }
        return new Dropped(code, detail);
    }

    /** A count that falls was lost or reset on the gateway, which nobody does by an update. */
    private static String attacks(Gateway before, DeviceReport report) {
        long now = report.noted().attacks();
        long known = before.report().map(last -> last.noted().attacks()).orElse(0L);
        return now < known ? now + ", FELL from " + known : Long.toString(now);
    }

    private static String cut(String text) {
        return (text.length() > 1_000 ? text.substring(0, 1_000) : text).replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
    }
}
