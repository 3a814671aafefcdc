package io.sekimori.tuning.records;

import io.sekimori.audit.AuditLog;
import io.sekimori.fleet.Courier;
import io.sekimori.fleet.Fleet;
import io.sekimori.lasting.Lasting;
import io.sekimori.records.Database;
import io.sekimori.records.Records;
import io.sekimori.records.RecordsException;
import io.sekimori.records.Schema;
import io.sekimori.records.Work;
import io.sekimori.releases.Director;
import io.sekimori.tuning.Tuned;
import io.sekimori.tuning.Tuning;
import io.sekimori.tuning.TuningAnswer;
import io.sekimori.tuning.TuningCode;
import io.sekimori.tuning.TuningException;
import io.sekimori.tuning.Wish;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;

/** Changes of settings in the records, with one thread that follows them. Thread-safe; two versions may run at once. */
@Component(immediate = true, service = Tuning.class)
public final class RecordedTuning implements Tuning, Parts {

    private static final Schema SCHEMA = Schema.beside("tuning", RecordedTuning.class, "V1__changes.sql");
    private static final long LOOK_SECONDS = 2;
    private static final String LAST = "~"; // sorts after every id

    // Other bundles' services: dynamic, since they are swapped. Package-private for the unit test.
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Records records;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Fleet fleet;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Courier courier;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Director director;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable AuditLog audit;

    private volatile Present atEnd = new Present(null, null, null, null, null);
    private final Sending sending;
    private final Following following;
    private final Logger log;
    private final ScheduledThreadPoolExecutor thread =
            new ScheduledThreadPoolExecutor(1, work -> new Thread(work, "sekimori-tuning-1"));

    /** Called by Declarative Services. */
    @Activate
    public RecordedTuning(@Reference(service = LoggerFactory.class) Logger log) {
        this(Clock.systemUTC(), log);
    }

    RecordedTuning(Clock clock, Logger log) {
        Post post = new Post(this);
        this.sending = new Sending(this, post, clock);
        this.following = new Following(this, post, sending, clock, log);
        this.log = log;
    }

    @Activate
    void begin() {
        thread.scheduleWithFixedDelay(this::round, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    /** Keeps the others for requests that are under way or still to come. */
    @Deactivate
    void end() {
        atEnd = new Present(records, fleet, courier, director, audit);
        thread.shutdownNow();
    }

    /** One look at every change that may still change. */
    void round() {
        try {
            following.round();
        } catch (Stopped | RecordsException e) {
            log.debug("Changes cannot be followed now: {}", e.getMessage());
        } catch (RuntimeException e) { // the boundary of this thread
            log.error("Changes of settings cannot be followed", e);
        }
    }

    @Override
    public TuningAnswer change(Wish wish, String actor) {
        try {
            Sending.Sent sent = sending.change(wish, actor);
            sent.answer().ifPresent(answer -> heard(sent.tuned(), answer));
            return new TuningAnswer.Sent(sent.tuned());
        } catch (Stopped e) {
            return new TuningAnswer.Refused(e.code(), e.detail());
        }
    }

    private void heard(Tuned tuned, Post.Proved answer) {
        try {
            following.heard(tuned, answer);
        } catch (Stopped | RecordsException e) {
            log.debug("What became of {} is asked for later: {}", tuned.id(), e.getMessage());
        }
    }

    @Override
    public Optional<Tuned> get(String gateway, String change) throws TuningException {
        return read(c -> new Rows(c).get(gateway, change));
    }

    @Override
    public List<Tuned> page(String gateway, Optional<String> after, int limit) throws TuningException {
        if (limit < 1 || limit > 1_000) {
            throw new IllegalArgumentException("limit is 1 to 1,000");
        }
        return read(c -> new Rows(c).page(gateway, after.orElse(LAST), limit));
    }

    private <T> T read(Work<T> work) throws TuningException {
        try {
            return records().read(work);
        } catch (RecordsException | Stopped e) {
            throw new TuningException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public Optional<Fleet> fleet() {
        return Optional.ofNullable(Lasting.of(fleet, atEnd.fleet()));
    }

    @Override
    public Optional<Courier> courier() {
        return Optional.ofNullable(Lasting.of(courier, atEnd.courier()));
    }

    @Override
    public Optional<Director> director() {
        return Optional.ofNullable(Lasting.of(director, atEnd.director()));
    }

    @Override
    public Optional<AuditLog> audit() {
        return Optional.ofNullable(Lasting.of(audit, atEnd.audit()));
    }

    @Override
    public Database records() throws Stopped {
        Records current = Lasting.of(records, atEnd.records());
        if (current == null) {
            throw new Stopped(TuningCode.RECORDS_UNAVAILABLE, "no records are there", null);
        }
        try {
            return current.open(SCHEMA);
        } catch (RecordsException e) {
            throw new Stopped(TuningCode.RECORDS_UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
    }

    private record Present(
            @Nullable Records records,
            @Nullable Fleet fleet,
            @Nullable Courier courier,
            @Nullable Director director,
            @Nullable AuditLog audit) {}
}
