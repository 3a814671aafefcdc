package io.sekimori.connection.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.audit.AuditReceipt;
import io.sekimori.connection.Application;
import io.sekimori.connection.ConnectionCode;
import io.sekimori.connection.Reply;
import io.sekimori.payload.RequestMessage;
import io.sekimori.payload.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who owns the broker sends without end. Each record of the audit is one sync of the disk, so they are counted. */
class FloodTest {

    private static final long DAY_MINUTES = Duration.ofDays(1).toMinutes();

    private final List<AuditEntry> audited = new ArrayList<>();
    private final AtomicLong now = new AtomicLong();
    private final Queue<Runnable> later = new ArrayDeque<>();
    private final AtomicInteger handled = new AtomicInteger();
    private final AuditDesk desk = new AuditDesk(
            () -> Optional.of(entry -> {
                audited.add(entry);
                return new AuditReceipt(audited.size(), Instant.EPOCH, "0".repeat(64));
            }),
            Silence.LOG);
    private final Drops drops = new Drops(desk, now::get, later::add);
    private final Applications applications = new Applications();
    private final Answering answering = new Answering(applications, desk, drops, now::get, Silence.LOG);

    @BeforeEach
    void twoApplications() {
        for (String id : List.of("A-1", "B-1")) {
            applications.add(Reference.to(Application.class, id, 0), request -> {
                handled.incrementAndGet();
                return Reply.refused(403, "MANDATE_REQUIRED", "nobody asked");
            });
        }
    }

    @Test
    void ofRequestsWithoutEndSoManyAreWrittenDownAndTheRestRefusedUnseen() {
        for (int i = 0; i < 10_000; i++) {
            ask("A-1", "r" + i);
        }

        assertThat(handled).hasValue(Answering.AT_ONCE);
        assertThat(audited).hasSize(2 * Answering.AT_ONCE + 5);
        assertThat(ask("A-1", "last").metrics()).containsEntry(Reply.REASON, "REQUESTS_TOO_MANY");
        assertThat(reasons("REQUESTS_TOO_MANY"))
                .hasSize(5)
                .allSatisfy(entry -> assertThat(entry.verdict()).isEqualTo(Verdict.REFUSED));
    }

    @Test
    void aWholeDayOfItCostsThreeRecordsAMinute() {
        for (int minute = 0; minute < DAY_MINUTES; minute++) {
            for (int i = 0; i < 100; i++) {
                ask("A-1", "r" + i);
            }
            minutePasses();
        }

        assertThat(audited.size())
                .isLessThanOrEqualTo(2 * Answering.AT_ONCE + 5 + 3 * (int) DAY_MINUTES)
                .isGreaterThan((int) DAY_MINUTES);
    }

    @Test
    void aFloodOfOneKindHidesNoOther() {
        for (int i = 0; i < 10_000; i++) {
            ask("A-1", "r" + i);
            drops.note(ConnectionCode.MESSAGE_MALFORMED, "topic", "no payload");
        }
        audited.clear();

        ask("B-1", "another");
        drops.note(ConnectionCode.TOPIC_MALFORMED, "topic", "no method");

        assertThat(audited)
                .extracting(AuditEntry::subject, AuditEntry::reason)
                .containsExactly(
                        tuple("B-1/EXEC/x", ""),
                        tuple("B-1/EXEC/x", "MANDATE_REQUIRED"),
                        tuple("topic", "TOPIC_MALFORMED"));
    }

    @Test
    void whatWasOnlyCountedIsToldWhenNobodyComesAnyMore() {
        for (int i = 0; i < 1_000; i++) {
            drops.note(ConnectionCode.MESSAGE_MALFORMED, "topic" + i, "no payload");
        }
        audited.clear();

        assertThat(later).hasSize(1);
        minutePasses();

        assertThat(audited).hasSize(1);
        assertThat(audited.get(0).subject()).isEqualTo("topic999");
        assertThat(audited.get(0).detail()).containsEntry("unrecorded", "994");
        assertThat(later).isEmpty();
    }

    @Test
    void whatWasOnlyCountedIsToldAtTheEnd() {
        for (int i = 0; i < 1_000; i++) {
            drops.note(ConnectionCode.MESSAGE_MALFORMED, "topic", "no payload");
        }
        audited.clear();

        drops.end();
        drops.end();
        minutePasses();

        assertThat(audited).hasSize(1);
        assertThat(audited.get(0).detail()).containsEntry("unrecorded", "994");
    }

    @Test
    void whoWaitsIsServedAgain() {
        for (int i = 0; i < 1_000; i++) {
            ask("A-1", "r" + i);
        }
        handled.set(0);

        minutePasses();

        assertThat(ask("A-1", "next").metrics()).containsEntry(Reply.REASON, "MANDATE_REQUIRED");
        assertThat(handled).hasValue(1);
    }

    /** The console takes a 4xx for the end of a change; the broker may bring one twice and show it the second answer alone. */
    @Test
    void whatIsRefusedUnseenMayHaveBeenCarriedOutBefore() {
        ask("A-1", "change");
        for (int i = 1; i < Answering.AT_ONCE; i++) {
            ask("A-1", "r" + i);
        }

        Reply twice = ask("A-1", "change");

        assertThat(twice.metrics()).containsEntry(Reply.REASON, "REQUESTS_TOO_MANY");
        assertThat(twice.code()).as("the gateway is in trouble: ask on").isEqualTo(503);
    }

    @Test
    void ofEachKindOneLookIsToComeHoweverLongTheFlood() {
        for (int half = 0; half < 60; half++) {
            for (int i = 0; i < 10; i++) {
                drops.note(ConnectionCode.MESSAGE_MALFORMED, "topic", "no payload");
                drops.note(ConnectionCode.TOPIC_MALFORMED, "topic", "no method");
            }
            assertThat(later).hasSize(2);
            now.addAndGet(Drops.PERIOD.toNanos() / 2);
            if (half % 2 == 1) { // when messages of the next minute came before it
                drops.note(ConnectionCode.MESSAGE_MALFORMED, "topic", "no payload");
                drops.note(ConnectionCode.MESSAGE_MALFORMED, "topic", "no payload");
                minutePassed();
            }
        }

        minutePasses();
        minutePasses();
        assertThat(later).as("and none when it is over").isEmpty();
        long told = audited.stream()
                .mapToLong(entry -> 1 + Long.parseLong(entry.detail().get("unrecorded")))
                .sum();
        assertThat(told).isEqualTo(60 * 2 * 10 + 30 * 2);
    }

    @Test
    void readingIsNotWrittenDownAndGoesOn() {
        for (int i = 0; i < 1_000; i++) {
            answering.answer(asked("A-1", "GET", "r" + i));
        }

        assertThat(handled).hasValue(1_000);
        assertThat(audited).isEmpty();
    }

    private void minutePasses() {
        now.addAndGet(Drops.PERIOD.toNanos());
        minutePassed();
    }

    private void minutePassed() {
        List<Runnable> due = new ArrayList<>(later);
        later.clear();
        due.forEach(Runnable::run);
    }

    private List<AuditEntry> reasons(String code) {
        return audited.stream().filter(entry -> entry.reason().equals(code)).toList();
    }

    private Reply ask(String application, String request) {
        return answering.answer(asked(application, "EXEC", request));
    }

    private static Asked asked(String application, String method, String request) {
        return new Asked(
                new Topic.Request("sekimori", Gateway.ID, application, method, List.of("x")),
                new RequestMessage(request, "console-1", Map.of(), new byte[0]));
    }
}
