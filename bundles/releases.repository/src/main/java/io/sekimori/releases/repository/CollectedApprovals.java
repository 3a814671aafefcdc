package io.sekimori.releases.repository;

import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.audit.AuditLog;
import io.sekimori.records.Records;
import io.sekimori.releases.Approvals;
import io.sekimori.releases.AwaitedContent;
import io.sekimori.releases.ImportAnswer;
import io.sekimori.releases.ReleasesCode;
import io.sekimori.releases.ReleasesException;
import io.sekimori.trust.Approval;
import io.sekimori.trust.ApprovedContent;
import io.sekimori.trust.SignedApproval;
import io.sekimori.trust.SignedAssignment;
import io.sekimori.trust.TrustException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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

/** Approvals in the records. Holds nothing between calls, so two versions may run beside each other. Thread-safe. */
@Component(service = Approvals.class)
public final class CollectedApprovals implements Approvals {

    /** So far may the clock of somebody who approves be ahead. */
    private static final Duration SLACK = Duration.ofHours(1);

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
    private final Clock clock;

    /** Called by the component runtime. */
    @Activate
    public CollectedApprovals(@Reference(service = LoggerFactory.class) Logger log) {
        this(Clock.systemUTC(), log);
    }

    CollectedApprovals(Clock clock, Logger log) {
        this.clock = clock;
        this.tables = new Tables(() -> or(records, recordsAtEnd));
        this.trace = new Trace(() -> or(audit, auditAtEnd), log);
    }

    /** Keeps them for calls that are still under way, or that were about to be made. */
    @Deactivate
    void end() {
        recordsAtEnd = records;
        auditAtEnd = audit;
    }

    /** What is assigned, by its digest, and to whom. */
    private record Found(ApprovedContent content, List<String> devices) {}

    @Override
    public List<AwaitedContent> contents(List<String> devices) throws ReleasesException {
        Instant now = clock.instant();
        return tables.read(connection -> {
            Map<String, Found> found = new LinkedHashMap<>();
            for (String device : devices) {
                Optional<ApprovedContent> content = assigned(connection, device);
                content.ifPresent(has -> add(found, has, device));
            }
            List<AwaitedContent> contents = new ArrayList<>();
            for (Map.Entry<String, Found> each : found.entrySet()) {
                List<ApprovalRow> rows = ApprovalRow.of(connection, each.getKey(), now, row -> true);
                contents.add(new AwaitedContent(
                        each.getKey(),
                        each.getValue().content().json(),
                        each.getValue().devices(),
                        rows.stream().map(ApprovalRow::given).toList()));
            }
            return contents;
        });
    }

    private static void add(Map<String, Found> found, ApprovedContent content, String device) {
        String digest = content.digest();
        if (found.containsKey(digest) || found.size() < MOST_CONTENTS) {
            found.computeIfAbsent(digest, first -> new Found(content, new ArrayList<>()))
                    .devices()
                    .add(device);
        }
    }

    /** What a device is assigned; empty if nothing is. */
    static Optional<ApprovedContent> assigned(Connection connection, String device) throws SQLException {
        Optional<AssignmentRow> row = AssignmentRow.of(connection, device);
        try {
            return row.isEmpty()
                    ? Optional.empty()
                    : Optional.of(ApprovedContent.of(
                            SignedAssignment.read(row.get().document().getBytes(StandardCharsets.UTF_8))
                                    .assignment()));
        } catch (TrustException e) {
            throw new SQLException("an assignment in the records cannot be read", e);
        }
    }

    @Override
    public ImportAnswer offer(byte[] file, Set<String> awaited, String actor) throws ReleasesException {
        try {
            List<ApprovalRow> rows = read(file, awaited, actor);
            trace.allow(actor, "director.approve", subject(rows), Map.of("keys", keys(rows)));
            return new ImportAnswer.Taken(keep(rows));
        } catch (RefusedException e) {
            trace.tell(actor, "director.approve", "approvals", Verdict.REFUSED, e.code(), e.detail());
            return new ImportAnswer.Refused(e.code(), e.detail());
        }
    }

    private boolean keep(List<ApprovalRow> rows) throws ReleasesException, RefusedException {
        Set<String> contents =
                rows.stream().map(row -> row.approval().approval().content()).collect(Collectors.toSet());
        int most = tables.write(connection -> {
            ApprovalRow.forgetOver(connection, clock.instant());
            return ApprovalRow.most(connection, contents, rows.get(0).person());
        });
        if (most + rows.size() > MOST) {
            throw new RefusedException(ReleasesCode.APPROVALS_TOO_MANY, most + " are here already");
        }
        return tables.write(connection -> {
            boolean changed = false;
            for (ApprovalRow row : rows) {
                changed |= row.keep(connection);
            }
            return changed;
        });
    }

    private List<ApprovalRow> read(byte[] file, Set<String> awaited, String actor) throws RefusedException {
        io.sekimori.trust.Approvals read;
        try {
            read = io.sekimori.trust.Approvals.parse(file);
        } catch (TrustException e) {
            throw new RefusedException(e);
        }
        if (read.unreadable() > 0 || read.entries().isEmpty()) {
            throw new RefusedException(
                    ReleasesCode.APPROVAL_UNVERIFIED, read.unreadable() + " approvals cannot be read here");
        }
        List<ApprovalRow> rows = new ArrayList<>();
        for (SignedApproval signed : read.entries()) {
            demand(signed, awaited);
            rows.add(new ApprovalRow(signed, clock.instant(), RefusedException.bounded(actor)));
        }
        return rows;
    }

    // Nothing of this makes anybody an approver: it only says early what no gateway would count.
    private void demand(SignedApproval signed, Set<String> awaited) throws RefusedException {
        Approval approval = signed.approval();
        if (!awaited.contains(approval.content())) {
            throw new RefusedException(ReleasesCode.APPROVAL_OF_OTHER, "content " + approval.content());
        }
        Instant now = clock.instant();
        if (!now.isBefore(approval.expires()) || now.plus(SLACK).isBefore(approval.issued())) {
            throw new RefusedException(
                    ReleasesCode.APPROVAL_NOT_NOW, "valid from " + approval.issued() + " until " + approval.expires());
        }
        if (signed.signers().isEmpty() || !signed.verified().equals(signed.signers())) {
            throw new RefusedException(ReleasesCode.APPROVAL_UNVERIFIED, "signed by " + signed.signers());
        }
    }

    private static String subject(List<ApprovalRow> rows) {
        return rows.size() == 1 ? "content " + rows.get(0).approval().approval().content() : rows.size() + " contents";
    }

    private static String keys(List<ApprovalRow> rows) {
        return rows.stream()
                .flatMap(row -> row.approval().signers().stream())
                .distinct()
                .collect(Collectors.joining(" "));
    }

    private static <T> @Nullable T or(@Nullable T current, @Nullable T atEnd) {
        return current == null ? atEnd : current;
    }
}
