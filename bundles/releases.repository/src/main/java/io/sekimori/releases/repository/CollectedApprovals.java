package io.sekimori.releases.repository;

import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.audit.AuditLog;
import io.sekimori.lasting.Lasting;
import io.sekimori.launcher.RunningGeneration;
import io.sekimori.records.Records;
import io.sekimori.releases.Approvals;
import io.sekimori.releases.AwaitedContent;
import io.sekimori.releases.ImportAnswer;
import io.sekimori.releases.ReleasesCode;
import io.sekimori.releases.ReleasesException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;

/** Approvals in the records. Holds nothing between calls but what follows from them, so two versions may run beside each other. Thread-safe. */
@Component(configurationPid = Settings.PID, service = Approvals.class)
public final class CollectedApprovals implements Approvals {

    private static final String APPROVE = "director.approve";
    private static final String WITHDRAW = "director.withdraw";

    // Other bundles' services: dynamic, so that their swap does not take this one down.
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Records records;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable AuditLog audit;

    private volatile @Nullable Records recordsAtEnd;
    private volatile @Nullable AuditLog auditAtEnd;

    private final Tables tables;
    private final Trace trace;
    private final ContentDigests digests = new ContentDigests();
    private final Clock clock;
    private final LiveSettings settings;
    private final AwaitedContents contents;

    /** Called by the component runtime. */
    @Activate
    public CollectedApprovals(
            Settings.Config config,
            @Reference RunningGeneration generation,
            @Reference(service = LoggerFactory.class) Logger log) {
        this(Settings.of(generation.unit(), config), generation.unit(), Clock.systemUTC(), MOST_CONTENT_BYTES, log);
    }

    CollectedApprovals(Settings settings, Path unit, Clock clock, int mostBytes, Logger log) {
        this.settings = new LiveSettings(settings, unit, log);
        this.clock = clock;
        this.tables = new Tables(() -> Lasting.of(records, recordsAtEnd));
        this.trace = new Trace(() -> Lasting.of(audit, auditAtEnd), log);
        HeldBack held = new HeldBack(tables, new Repositories(tables, this.settings), clock, log);
        this.contents = new AwaitedContents(tables, digests, held, clock, mostBytes);
    }

    @Modified
    void modified(Settings.Config config) {
        settings.take(config);
    }

    /** Keeps them for calls that are still under way, or that were about to be made. */
    @Deactivate
    void end() {
        recordsAtEnd = records;
        auditAtEnd = audit;
    }

    @Override
    public List<AwaitedContent> contents(List<String> devices) throws ReleasesException {
        return contents.of(devices);
    }

    @Override
    public Set<String> awaited(List<String> devices) throws ReleasesException {
        return tables.read(
                connection -> Set.copyOf(digests.of(connection, devices).values()));
    }

    @Override
    public ImportAnswer offer(byte[] file, Set<String> awaited, String actor) throws ReleasesException {
        try {
            Offered offered = new OfferedReading(clock).read(file, awaited, RefusedException.bounded(actor));
            requireRoom(offered);
            if (!offered.approvals().isEmpty()) {
                trace.allow(actor, APPROVE, subject(offered.approved()), Map.of("keys", keys(offered.approvers())));
            }
            if (!offered.withdrawals().isEmpty()) {
                trace.allow(actor, WITHDRAW, subject(offered.withdrawn()), Map.of("keys", keys(offered.withdrawers())));
            }
            return new ImportAnswer.Taken(keep(offered));
        } catch (RefusedException e) {
            trace.tell(actor, APPROVE, "approvals", Verdict.REFUSED, e.code(), e.detail());
            return new ImportAnswer.Refused(e.code(), e.detail());
        }
    }

    private void requireRoom(Offered offered) throws ReleasesException, RefusedException {
        Instant now = clock.instant();
        int most = tables.read(connection -> Math.max(
                offered.approvals().size() + ApprovalRow.most(connection, offered.approved(), offered.person(), now),
                offered.withdrawals().size()
                        + WithdrawalRow.most(connection, offered.withdrawn(), offered.person(), now)));
        if (most > MOST) {
            throw new RefusedException(ReleasesCode.APPROVALS_TOO_MANY, most + " would be here of " + offered.person());
        }
        int unseen = tables.read(connection -> WithdrawalRow.unseen(connection, offered, now));
        if (unseen > MOST_UNSEEN) {
            throw new RefusedException(
                    ReleasesCode.APPROVALS_TOO_MANY,
                    unseen + " withdrawals would be here of " + offered.person() + ", of what nobody approved here");
        }
    }

    private boolean keep(Offered offered) throws ReleasesException {
        return tables.write(connection -> {
            ApprovalRow.forgetOver(connection, clock.instant());
            WithdrawalRow.forgetOver(connection, clock.instant());
            boolean changed = false;
            for (ApprovalRow row : offered.approvals()) {
                changed |= row.keep(connection);
            }
            for (WithdrawalRow row : offered.withdrawals()) {
                changed |= row.keep(connection);
            }
            return changed;
        });
    }

    private static String subject(Set<String> contents) {
        return contents.size() == 1 ? "content " + contents.iterator().next() : contents.size() + " contents";
    }

    private static String keys(Set<String> signers) {
        return String.join(" ", signers);
    }
}
