package io.sekimori.connection.mqtt;

import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.audit.AuditException;
import io.sekimori.connection.Allowance;
import io.sekimori.connection.Application;
import io.sekimori.connection.ConnectionCode;
import io.sekimori.connection.Method;
import io.sekimori.connection.Reply;
import io.sekimori.connection.Request;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.osgi.service.log.Logger;

/**
 * Finds who answers a request and lets it answer; what may change the gateway is audited before. That is written to the disk before
 * anybody has judged who asks, so each application has so much of it and no more: whoever owns the broker could send without
 * end, and keeps requests away as well by not bringing them. Thread-safe.
 */
final class Answering {

    /** So many requests are written down at once, for each application: twice each, before and after. */
    static final int AT_ONCE = 120;

    /** How long it takes until one more is written down then. */
    static final Duration NEXT = Duration.ofMinutes(1);

    private static final String ACTION = "connection.request";
    private static final String TOO_MANY = "more requests than are written down";

    private final Applications applications;
    private final AuditDesk audit;
    private final Drops drops;
    private final LongSupplier nanoTime;
    private final Logger log;
    private final Map<String, Allowance> allowances = new ConcurrentHashMap<>();

    Answering(Applications applications, AuditDesk audit, Drops drops, LongSupplier nanoTime, Logger log) {
        this.applications = applications;
        this.audit = audit;
        this.drops = drops;
        this.nanoTime = nanoTime;
        this.log = log;
    }

    /** The answer; never throws. */
    Reply answer(Asked asked) {
        Optional<Request> request = asked.request();
        if (request.isEmpty()) {
            return refused(400, ConnectionCode.TOPIC_MALFORMED, "no such method, or no resource");
        }
        Optional<Application> application = applications.find(asked.topic().application());
        if (application.isEmpty()) {
            return refused(404, ConnectionCode.APPLICATION_UNKNOWN, "no such application");
        }
        if (request.get().method() == Method.GET) {
            return handled(application.get(), request.get(), asked);
        }
        if (!isAllowed(asked.topic().application())) {
            drops.note(ConnectionCode.REQUESTS_TOO_MANY, asked.topic().application(), asked.toString(), TOO_MANY);
            // No final answer: the broker may have brought this very request before, and it may have been carried out.
            return refused(503, ConnectionCode.REQUESTS_TOO_MANY, TOO_MANY);
        }
        try {
            audit.record(actor(asked), ACTION, asked.toString(), Verdict.ALLOWED, "", detail(asked));
        } catch (AuditException e) {
            log.error("{} is refused since it cannot be audited", asked, e);
            return refused(503, ConnectionCode.REQUEST_UNAUDITED, "the request could not be audited");
        }
        Reply reply = handled(application.get(), request.get(), asked);
        tell(asked, reply);
        return reply;
    }

    /** @param application one that is installed, so that their number is bounded */
    private boolean isAllowed(String application) {
        return allowances
                .computeIfAbsent(application, id -> new Allowance(AT_ONCE, NEXT, nanoTime))
                .take();
    }

    private Reply handled(Application application, Request request, Asked asked) {
        try {
            return application.handle(request);
        } catch (RuntimeException e) {
            log.error("{} failed", asked, e);
            return refused(500, ConnectionCode.APPLICATION_FAILED, "the application failed; see the gateway's log");
        }
    }

    private void tell(Asked asked, Reply reply) {
        Verdict verdict = reply.code() < 300 ? Verdict.DONE : reply.code() < 500 ? Verdict.REFUSED : Verdict.FAILED;
        Object reason = reply.metrics().getOrDefault(Reply.REASON, "");
        boolean wellFormed = reason instanceof String text && text.matches("[A-Z0-9_]{0,100}");
        audit.tell(
                actor(asked),
                ACTION,
                asked.toString(),
                verdict,
                wellFormed ? (String) reason : "",
                detail(asked, reply));
    }

    private static String actor(Asked asked) {
        return "mqtt:" + asked.message().requester();
    }

    private static Map<String, String> detail(Asked asked) {
        return Map.of("request", asked.message().requestId());
    }

    private static Map<String, String> detail(Asked asked, Reply reply) {
        return Map.of("request", asked.message().requestId(), "code", Integer.toString(reply.code()));
    }

    private static Reply refused(int code, ConnectionCode reason, String message) {
        return Reply.refused(code, reason.name(), message);
    }
}
