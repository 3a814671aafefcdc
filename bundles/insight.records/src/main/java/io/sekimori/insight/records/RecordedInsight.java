package io.sekimori.insight.records;

import io.sekimori.fleet.Fleet;
import io.sekimori.fleet.FleetException;
import io.sekimori.fleet.Gateway;
import io.sekimori.fleet.Life;
import io.sekimori.insight.Insight;
import io.sekimori.insight.InsightCode;
import io.sekimori.insight.InsightException;
import io.sekimori.insight.IntakeAnswer;
import io.sekimori.insight.IntakeAnswer.Dropped;
import io.sekimori.insight.KeptStatus;
import io.sekimori.insight.records.StatusReading.Reading;
import io.sekimori.lasting.Lasting;
import io.sekimori.records.Records;
import io.sekimori.records.RecordsException;
import io.sekimori.records.Schema;
import io.sekimori.records.Work;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Statuses in the console's records. Keeps nothing itself, so two versions may run beside each other. Thread-safe. */
@Component(
        service = {Insight.class, HealthCheck.class},
        configurationPid = RecordedInsight.PID,
        property = {HealthCheck.NAME + "=statuses of gateways", HealthCheck.TAGS + "=sekimori"})
@Designate(ocd = RecordedInsight.Config.class)
public final class RecordedInsight implements Insight, HealthCheck {

    static final String PID = "io.sekimori.insight.records";

    /** A gateway's clock may be ahead by this much: more is an error, and would make its status look fresh. */
    static final Duration AHEAD = Duration.ofDays(1);

    private static final Schema SCHEMA = Schema.beside("insight", RecordedInsight.class, "V1__statuses.sql");

    /** What can be configured. */
    @ObjectClassDefinition(localization = "OSGI-INF/l10n/insight", name = "%name", description = "%description")
    @interface Config {

        @AttributeDefinition(name = "%history.name", description = "%history.description", min = "1", max = "1000")
        int history() default 100;
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Records records;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Fleet fleet;

    private volatile @Nullable Records recordsAtEnd;
    private volatile @Nullable Fleet fleetAtEnd;

    private final Clock clock;
    private volatile int kept;

    /** Called by Declarative Services; touches no record. */
    @Activate
    public RecordedInsight(Config config) {
        this(Clock.systemUTC(), config.history());
    }

    RecordedInsight(Clock clock, int kept) {
        this.clock = clock;
        this.kept = bounded(kept);
    }

    /** Takes a new configuration without the service going away; one that makes no sense changes nothing. */
    @Modified
    void apply(Config config) {
        kept = bounded(config.history());
    }

    /** Keeps them for calls that are still under way, or that were about to be made. */
    @Deactivate
    void release() {
        recordsAtEnd = records;
        fleetAtEnd = fleet;
    }

    @Override
    public IntakeAnswer take(String id, byte[] signed) throws InsightException {
        Optional<Gateway> gateway = gateway(id);
        if (gateway.isEmpty()) {
            return new Dropped(InsightCode.GATEWAY_UNKNOWN, "no gateway has this id");
        }
        Optional<String> device = gateway.get().deviceKey();
        if (gateway.get().life() != Life.ACTIVATED || device.isEmpty()) {
            return new Dropped(
                    InsightCode.GATEWAY_NOT_TRUSTED, "it is " + gateway.get().life());
        }
        Reading reading = StatusReading.read(signed, device.get());
        if (reading instanceof Reading.Doubtful doubtful) {
            return doubtful.why();
        }
        Reading.Verified verified = (Reading.Verified) reading;
        if (verified.at().isAfter(clock.instant().plus(AHEAD))) {
            return new Dropped(InsightCode.STATUS_FROM_FUTURE, "it says it was made at " + verified.at());
        }
        KeptStatus status = new KeptStatus(id, verified.sequence(), verified.at(), clock.instant(), verified.members());
        int most = kept;
        return write(connection -> keep(connection, status, most));
    }

    private static IntakeAnswer keep(Connection connection, KeptStatus status, int most) throws SQLException {
        List<KeptStatus> last = StatusRows.newest(connection, status.gateway(), Long.MAX_VALUE, 1);
        if (!last.isEmpty() && last.get(0).sequence() >= status.sequence()) {
            boolean same = last.get(0).sequence() == status.sequence()
                    && last.get(0).members().equals(status.members());
            return same
                    ? new IntakeAnswer.Known()
                    : new Dropped(
                            InsightCode.STATUS_REPLAYED,
                            "sequence " + status.sequence() + " comes after "
                                    + last.get(0).sequence());
        }
        StatusRows.add(connection, status);
        StatusRows.prune(connection, status.gateway(), most);
        return new IntakeAnswer.Accepted(status);
    }

    @Override
    public Optional<KeptStatus> latest(String gateway) throws InsightException {
        return read(connection -> StatusRows.newest(connection, gateway, Long.MAX_VALUE, 1)).stream()
                .findFirst();
    }

    @Override
    public List<KeptStatus> history(String gateway, OptionalLong before, int limit) throws InsightException {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException("limit is 1 to " + MAX_PAGE);
        }
        return read(connection -> StatusRows.newest(connection, gateway, before.orElse(Long.MAX_VALUE), limit));
    }

    /** Whether records and fleet are there; a console without them takes no status. */
    @Override
    public Result execute() {
        return records == null || fleet == null
                ? new Result(Result.Status.TEMPORARILY_UNAVAILABLE, "records or fleet are not there")
                : new Result(Result.Status.OK, "statuses are taken");
    }

    private Optional<Gateway> gateway(String id) throws InsightException {
        Fleet current = Lasting.of(fleet, fleetAtEnd);
        if (current == null) {
            throw new InsightException(InsightCode.FLEET_UNAVAILABLE, "no fleet is installed", null);
        }
        try {
            return current.get(id);
        } catch (FleetException e) {
            throw new InsightException(InsightCode.FLEET_UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
    }

    private <T> T read(Work<T> work) throws InsightException {
        try {
            return present().open(SCHEMA).read(work);
        } catch (RecordsException e) {
            throw new InsightException(InsightCode.RECORDS_UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
    }

    private <T> T write(Work<T> work) throws InsightException {
        try {
            return present().open(SCHEMA).write(work);
        } catch (RecordsException e) {
            throw new InsightException(InsightCode.RECORDS_UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
    }

    private Records present() throws InsightException {
        Records current = Lasting.of(records, recordsAtEnd); // read once: one call, one provider
        if (current == null) {
            throw new InsightException(InsightCode.RECORDS_UNAVAILABLE, "no records are installed", null);
        }
        return current;
    }

    private static int bounded(int history) {
        if (history < 1 || history > 1000) {
            throw new IllegalArgumentException("history is 1 to 1000");
        }
        return history;
    }
}
