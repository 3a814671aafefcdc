package io.sekimori.rest;

import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditRecord;
import io.sekimori.audit.AuditTrail;
import io.sekimori.audit.AuditVerification;
import io.sekimori.web.Accepts;
import io.sekimori.web.Page;
import io.sekimori.web.Permission;
import io.sekimori.web.Request;
import io.sekimori.web.Resource;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import io.sekimori.web.Route.Method;
import io.sekimori.web.WebException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * {@code /v1/audit}: what was done on this console, in order. A search looks at a bounded number of records for each page
 * and may answer an empty one with a key to go on from. Thread-safe.
 */
@Component(service = Resource.class)
public final class AuditResource implements Resource {

    private static final int LOOKED_AT = 10_000;
    private static final int STEP = 1_000;
    private static final List<String> WORDS = List.of("actor", "action", "subject", "reason", "verdict");

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable AuditTrail trail;

    private volatile @Nullable AuditTrail trailAtEnd;

    /** Keeps it for calls that are still under way, or that were about to be made. */
    @Deactivate
    void release() {
        trailAtEnd = trail;
    }

    @Override
    public List<Route> routes() {
        Route list = Route.of("listAudit", Method.GET, "/v1/audit", Permission.VIEW, "Audit records in order")
                .paged()
                .with("before", "Instead of after: records before this sequence number, the newest first")
                .answering(200, Accepts.JSON, "A page");
        for (String word : WORDS) {
            list = list.with(word, "Only records whose " + word + " holds this");
        }
        return List.of(
                list,
                Route.of("verifyAudit", Method.GET, "/v1/audit/verification", Permission.VIEW, "Checks the whole chain")
                        .answering(200, Accepts.JSON, "Whether it is whole"));
    }

    @Override
    public Response handle(Request request) throws WebException {
        AuditTrail now = Refusals.present(trail, trailAtEnd, "the audit");
        try {
            return request.route().name().equals("verifyAudit") ? verified(now.verify()) : list(now, request);
        } catch (AuditException e) {
            throw Refusals.failed("the audit cannot be read", e);
        }
    }

    private static Response list(AuditTrail trail, Request request) throws WebException, AuditException {
        Optional<String> before = request.query("before");
        if (before.isPresent()) {
            return newest(trail, request, sequence(before.get()));
        }
        Page part = Page.of(request);
        long next = sequence(part.after()) + 1;
        long end = next + LOOKED_AT;
        Predicate<AuditRecord> wanted = wanted(request);
        List<Map<String, Object>> found = new ArrayList<>();
        while (next < end) {
            List<AuditRecord> read = trail.read(next, STEP);
            for (AuditRecord record : read) {
                next = record.receipt().sequence() + 1;
                if (wanted.test(record)) {
                    found.add(json(record));
                    if (found.size() == part.limit()) {
                        return Response.page(found, Optional.of(Long.toString(next - 1)));
                    }
                }
            }
            if (read.size() < STEP) {
                return Response.page(found, Optional.empty());
            }
        }
        return Response.page(found, Optional.of(Long.toString(next - 1)));
    }

    /** Looks backwards; {@code next} is then to be asked for as {@code before}. */
    private static Response newest(AuditTrail trail, Request request, long before) throws WebException, AuditException {
        int most = Page.of(request).limit();
        Predicate<AuditRecord> wanted = wanted(request);
        List<Map<String, Object>> found = new ArrayList<>();
        long end = before;
        while (end > 1 && before - end < LOOKED_AT) {
            long begin = Math.max(1, end - STEP);
            List<AuditRecord> read = trail.read(begin, (int) (end - begin));
            for (int i = read.size() - 1; i >= 0; i--) {
                AuditRecord record = read.get(i);
                if (wanted.test(record)) {
                    found.add(json(record));
                    if (found.size() == most) {
                        return Response.page(found, next(record.receipt().sequence()));
                    }
                }
            }
            end = begin;
        }
        return Response.page(found, next(end));
    }

    private static Optional<String> next(long sequence) {
        return Optional.of(Long.toString(sequence)).filter(key -> sequence > 1);
    }

    private static Predicate<AuditRecord> wanted(Request request) throws WebException {
        Predicate<AuditRecord> wanted = record -> true;
        for (String word : WORDS) {
            Optional<String> text = request.query(word);
            if (text.isPresent()) {
                wanted = wanted.and(record -> value(record.entry(), word).contains(text.get()));
            }
        }
        return wanted;
    }

    private static String value(AuditEntry entry, String word) {
        return switch (word) {
            case "actor" -> entry.actor();
            case "action" -> entry.action();
            case "subject" -> entry.subject();
            case "reason" -> entry.reason();
            default -> entry.verdict().name();
        };
    }

    private static long sequence(String key) throws WebException {
        if (!key.matches("[0-9]{0,18}")) {
            throw Refusals.invalid("after is no sequence number");
        }
        return key.isEmpty() ? 0 : Long.parseLong(key);
    }

    private static Map<String, Object> json(AuditRecord record) {
        Map<String, Object> json = new TreeMap<>();
        json.put("sequence", record.receipt().sequence());
        json.put("time", record.receipt().at().toString());
        json.put("hash", record.receipt().hash());
        json.put("actor", record.entry().actor());
        json.put("action", record.entry().action());
        json.put("subject", record.entry().subject());
        json.put("verdict", record.entry().verdict().name());
        json.put("reason", record.entry().reason());
        json.put("detail", record.entry().detail());
        return json;
    }

    private static Response verified(AuditVerification verification) {
        return Response.json(AuditJson.of(verification));
    }
}
