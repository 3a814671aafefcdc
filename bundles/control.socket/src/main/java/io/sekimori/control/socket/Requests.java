package io.sekimori.control.socket;

import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditRecord;
import io.sekimori.audit.AuditTrail;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import io.sekimori.update.ApplyAnswer;
import io.sekimori.update.Origin;
import io.sekimori.update.PlanAnswer;
import io.sekimori.update.UpdateService;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers requests: {@code plan}, {@code apply}, {@code follow}, {@code cancel}, {@code status}, {@code bundles},
 * {@code transitions}, {@code audit-tail}. Thread-safe.
 */
final class Requests {

    private static final int MOST_RECORDS = 1000;
    private static final int AT_ONCE = 1000;

    private final Services services;
    private final GatewayFacts facts;
    private final Map<Course, String> followed = new ConcurrentHashMap<>();

    Requests(Services services, GatewayFacts facts) {
        this.services = services;
        this.facts = facts;
    }

    /** Sends everybody who follows a transition elsewhere. */
    void moveAll() {
        followed.forEach((course, id) -> course.move(id));
    }

    /** Answers one request of this person. */
    void answer(JsonObject request, String person, Connection.Output out)
            throws IOException, MalformedJson, InterruptedException {
        switch (request.string("do")) {
            case "status" -> out.send(Message.answer(facts.status()));
            case "bundles" -> out.send(Message.answer(Map.of("bundles", facts.bundles())));
            case "audit-tail" -> auditTail(request, out);
            case "transitions" -> transitions(out);
            case "plan" -> plan(request, out);
            case "apply" -> apply(request, person, out);
            case "follow" -> follow(request, out);
            case "cancel" -> cancel(request, out);
            default -> out.send(Message.refused(ControlCode.REQUEST_UNKNOWN, "there is no such request"));
        }
    }

    private void plan(JsonObject request, Connection.Output out) throws IOException, MalformedJson {
        Optional<UpdateService> update = update(out);
        if (update.isPresent()) {
            PlanAnswer answer = update.get().plan(path(request));
            out.send(
                    answer instanceof PlanAnswer.Planned planned
                            ? Message.answer(UpdateFacts.of(planned.plan()))
                            : Message.refused(((PlanAnswer.Refused) answer).reason()));
        }
    }

    private void apply(JsonObject request, String person, Connection.Output out)
            throws IOException, MalformedJson, InterruptedException {
        Optional<UpdateService> update = update(out);
        if (update.isEmpty()) {
            return;
        }
        Course course = new Course();
        ApplyAnswer answer = update.get().apply(path(request), new Origin(person, "local"), course);
        if (answer instanceof ApplyAnswer.Started started) {
            out.send(Message.of(Message.STARTED, Map.of("id", started.id())));
            stream(course, started.id(), out);
        } else {
            out.send(Message.refused(((ApplyAnswer.NotStarted) answer).reason()));
        }
    }

    private void follow(JsonObject request, Connection.Output out)
            throws IOException, MalformedJson, InterruptedException {
        Optional<UpdateService> update = update(out);
        if (update.isEmpty()) {
            return;
        }
        String id = request.string("id");
        Course course = new Course();
        if (update.get().follow(id, course)) {
            stream(course, id, out);
        } else {
            out.send(Message.refused(ControlCode.TRANSITION_UNKNOWN, "no such transition is known"));
        }
    }

    private void stream(Course course, String id, Connection.Output out) throws IOException, InterruptedException {
        followed.put(course, id);
        try {
            course.stream(out);
        } finally {
            followed.remove(course);
        }
    }

    private void cancel(JsonObject request, Connection.Output out) throws IOException, MalformedJson {
        Optional<UpdateService> update = update(out);
        if (update.isPresent()) {
            out.send(
                    update.get().cancel(request.string("id"))
                            ? Message.answer(Map.of("id", request.string("id")))
                            : Message.refused(ControlCode.TRANSITION_UNKNOWN, "no such transition can be cancelled"));
        }
    }

    private void transitions(Connection.Output out) throws IOException {
        Optional<UpdateService> update = update(out);
        if (update.isPresent()) {
            List<Map<String, Object>> reports =
                    update.get().recent().stream().map(UpdateFacts::of).toList();
            out.send(Message.answer(Map.of("transitions", reports)));
        }
    }

    private void auditTail(JsonObject request, Connection.Output out) throws IOException, MalformedJson {
        long wanted = Math.max(
                1, Math.min(MOST_RECORDS, request.optionalNumber("count").orElse(20L)));
        Optional<AuditTrail> audit = services.audit();
        if (audit.isEmpty()) {
            out.send(Message.refused(ControlCode.AUDIT_UNREADABLE, "no service that reads the audit is there"));
            return;
        }
        try {
            Deque<Map<String, Object>> tail = new ArrayDeque<>();
            long next = 1;
            List<AuditRecord> records = audit.get().read(next, AT_ONCE);
            while (!records.isEmpty()) {
                for (AuditRecord record : records) {
                    tail.add(of(record));
                    if (tail.size() > wanted) {
                        tail.remove();
                    }
                }
                next = records.get(records.size() - 1).receipt().sequence() + 1;
                records = audit.get().read(next, AT_ONCE);
            }
            out.send(Message.answer(Map.of("records", List.copyOf(tail))));
        } catch (AuditException e) {
            out.send(Message.refused(ControlCode.AUDIT_UNREADABLE, String.valueOf(e.getMessage())));
        }
    }

    private Optional<UpdateService> update(Connection.Output out) throws IOException {
        Optional<UpdateService> update = services.update();
        if (update.isEmpty()) {
            out.send(Message.refused(ControlCode.UPDATE_UNAVAILABLE, "no update service is there"));
        }
        return update;
    }

    private static Path path(JsonObject request) throws MalformedJson {
        Path path;
        try {
            path = Path.of(request.string("pack"));
        } catch (IllegalArgumentException e) {
            throw new MalformedJson("pack is not a path", e);
        }
        if (!path.isAbsolute()) {
            throw new MalformedJson("pack is not an absolute path");
        }
        return path;
    }

    private static Map<String, Object> of(AuditRecord record) {
        AuditEntry entry = record.entry();
        Map<String, Object> json = new TreeMap<>();
        json.put("sequence", record.receipt().sequence());
        json.put("at", record.receipt().at().toString());
        json.put("hash", record.receipt().hash());
        json.put("actor", entry.actor());
        json.put("action", entry.action());
        json.put("subject", entry.subject());
        json.put("verdict", entry.verdict().name());
        json.put("reason", entry.reason());
        json.put("details", entry.detail());
        return json;
    }
}
