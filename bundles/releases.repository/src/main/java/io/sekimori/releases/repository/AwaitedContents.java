package io.sekimori.releases.repository;

import io.sekimori.releases.Approvals;
import io.sekimori.releases.AwaitedContent;
import io.sekimori.releases.ReleasesCode;
import io.sekimori.releases.ReleasesException;
import io.sekimori.trust.ApprovedContent;
import io.sekimori.trust.UnitFacts;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What devices are assigned, each content once. What is held back for a device is not told for it: nobody gives it to the
 * device, so nobody has to sign it. Thread-safe.
 */
final class AwaitedContents {

    private final Tables tables;
    private final ContentDigests digests;
    private final HeldBack held;
    private final Clock clock;
    private final int mostBytes;

    AwaitedContents(Tables tables, ContentDigests digests, HeldBack held, Clock clock, int mostBytes) {
        this.tables = tables;
        this.digests = digests;
        this.held = held;
        this.clock = clock;
        this.mostBytes = mostBytes;
    }

    /** @param tooLong how much it would be; empty if it is not too much */
    private record Told(List<AwaitedContent> contents, String tooLong) {}

    List<AwaitedContent> of(List<String> devices) throws ReleasesException {
        Optional<FloorRule> rule = held.rule();
        Told told = tables.read(connection -> of(connection, devices, rule));
        if (!told.tooLong().isEmpty()) {
            throw new ReleasesException(ReleasesCode.CONTENTS_TOO_LONG, told.tooLong());
        }
        return told.contents();
    }

    private Told of(Connection connection, List<String> devices, Optional<FloorRule> rule) throws SQLException {
        Instant now = clock.instant();
        Map<String, List<String>> found = new LinkedHashMap<>();
        digests.of(connection, devices)
                .forEach((device, digest) -> found.computeIfAbsent(digest, first -> new ArrayList<>())
                        .add(device));
        List<AwaitedContent> contents = new ArrayList<>();
        long bytes = 0;
        for (Map.Entry<String, List<String>> each : found.entrySet()) {
            if (contents.size() == Approvals.MOST_CONTENTS) {
                break;
            }
            Optional<AssignmentRow> one =
                    AssignmentRow.of(connection, each.getValue().get(0));
            if (one.isEmpty() || !one.get().content().digest().equals(each.getKey())) {
                continue; // assigned anew in this moment: it is told of with the next question
            }
            ApprovedContent content = one.get().content();
            List<String> given = each.getValue().stream()
                    .filter(device -> rule.isEmpty()
                            || !rule.get().holdsBack(content.items(), new UnitFacts(device, content.model()), now))
                    .toList();
            if (given.isEmpty()) {
                continue;
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
                    content.json(),
                    given,
                    rows.stream().map(row -> row.given(withdrawals)).toList()));
        }
        return new Told(contents, "");
    }

    private static long sum(List<? extends HandedIn> statements) {
        return statements.stream().mapToLong(HandedIn::bytes).sum();
    }
}
