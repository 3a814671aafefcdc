package io.sekimori.releases.repository;

import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.audit.AuditLog;
import io.sekimori.lasting.Lasting;
import io.sekimori.records.Records;
import io.sekimori.releases.Approvals;
import io.sekimori.releases.AwaitedContent;
import io.sekimori.releases.ImportAnswer;
import io.sekimori.releases.ReleasesCode;
import io.sekimori.releases.ReleasesException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

/** Approvals in the records. Holds nothing between calls but what follows from them, so two versions may run beside each other. Thread-safe. */
@Component(service = Approvals.class)
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
    private final int mostBytes;

    /** Called by the component runtime. */
    @Activate
    public CollectedApprovals(@Reference(service = LoggerFactory.class) Logger log) {
        this(Clock.systemUTC(), MOST_CONTENT_BYTES, log);
    }

    CollectedApprovals(Clock clock, int mostBytes, Logger log) {
        this.clock = clock;
        this.mostBytes = mostBytes;
        this.tables = new Tables(() -> Lasting.of(records, recordsAtEnd));
        this.trace = new Trace(() -> Lasting.of(audit, auditAtEnd), log);
    }

    /** Keeps them for calls that are still under way, or that were about to be made. */
    @Deactivate
    void end() {
        recordsAtEnd = records;
        auditAtEnd = audit;
    }

    /** @param tooLong how much it would be; empty if it is not too much */
    private record Told(List<AwaitedContent> contents, String tooLong) {}

    @Override
    public List<AwaitedContent> contents(List<String> devices) throws ReleasesException {
        Instant now = clock.instant();
        Told told = tables.read(connection -> {
            Map<String, List<String>> found = new LinkedHashMap<>();
            digests.of(connection, devices).forEach((device, digest) -> {
                if (found.containsKey(digest) || found.size() < MOST_CONTENTS) {
                    found.computeIfAbsent(digest, first -> new ArrayList<>()).add(device);
                }
            });
            List<AwaitedContent> contents = new ArrayList<>();
            long bytes = 0;
            for (Map.Entry<String, List<String>> each : found.entrySet()) {
                Optional<AssignmentRow> one =
                        AssignmentRow.of(connection, each.getValue().get(0));
                if (one.isEmpty() || !one.get().content().digest().equals(each.getKey())) {
                    continue; // assigned anew in this moment: it is told of with the next question
                }
                List<ApprovalRow> rows = ApprovalRow.of(connection, each.getKey(), now);
                List<WithdrawalRow> withdrawals = WithdrawalRow.of(connection, each.getKey(), now);
                bytes += one.get().document().length() + sum(rows) + sum(withdrawals);
                if (bytes > mostBytes) {
                    return new Told(
                            List.of(),
                            "the first " + (contents.size() + 1) + " of " + found.size() + " contents have " + bytes
                                    + " bytes, and " + mostBytes + " are told at once");
                }
                contents.add(new AwaitedContent(
                        each.getKey(),
                        one.get().content().json(),
                        each.getValue(),
                        rows.stream().map(row -> row.given(withdrawals)).toList()));
            }
            return new Told(contents, "");
        });
        if (!told.tooLong().isEmpty()) {
            throw new ReleasesException(ReleasesCode.CONTENTS_TOO_LONG, told.tooLong());
        }
        return told.contents();
    }

    private static long sum(List<? extends HandedIn> statements) {
        return statements.stream().mapToLong(HandedIn::bytes).sum();
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
