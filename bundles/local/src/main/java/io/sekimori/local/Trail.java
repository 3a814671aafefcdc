package io.sekimori.local;

import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditLog;
import io.sekimori.update.UpdateCode;
import io.sekimori.web.Caller;
import io.sekimori.web.Problem;
import io.sekimori.web.Request;
import io.sekimori.web.WebException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Records who asked for what on site, and from which address, before it is done. Thread-safe. */
final class Trail {

    private final Supplier<@Nullable AuditLog> audit;

    /** @param audit asked at each use, since it is replaced while people work */
    Trail(Supplier<@Nullable AuditLog> audit) {
        this.audit = audit;
    }

    /** Who asks, by the name they signed in with. */
    static String person(Request request) {
        return request.caller() instanceof Caller.Person person
                ? person.name()
                : request.caller().actor();
    }

    /** @throws WebException if it is not recorded; then it must not be done, unless it undoes something */
    void record(Request request, String action, String subject) throws WebException {
        record(request, action, subject, Map.of());
    }

    /**
     * As {@link #record(Request, String, String)}.
     *
     * @param what was asked for, no secret
     */
    void record(Request request, String action, String subject, Map<String, String> what) throws WebException {
        Map<String, String> detail = new HashMap<>(what);
        detail.put("from", request.peer().address());
        AuditLog current = audit.get();
        if (current == null) {
            throw new WebException(new Problem(503, UpdateCode.AUDIT_UNAVAILABLE, "no audit is there"));
        }
        try {
            current.append(new AuditEntry(request.caller().actor(), action, subject, Verdict.ALLOWED, "", detail));
        } catch (AuditException e) {
            throw new WebException(new Problem(503, e.code(), String.valueOf(e.getMessage())), e);
        }
    }
}
