package io.sekimori.connection.mqtt;

import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.audit.AuditException;
import io.sekimori.connection.Application;
import io.sekimori.connection.ConnectionCode;
import io.sekimori.connection.Method;
import io.sekimori.connection.Reply;
import io.sekimori.connection.Request;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.log.Logger;

/** Finds who answers a request and lets it answer; what may change the gateway is audited before. Thread-safe. */
final class Answering {

    private static final String ACTION = "connection.request";

    private final Applications applications;
    private final AuditDesk audit;
    private final Logger log;

    Answering(Applications applications, AuditDesk audit, Logger log) {
        this.applications = applications;
        this.audit = audit;
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
