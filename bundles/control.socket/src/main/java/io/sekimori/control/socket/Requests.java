package io.sekimori.control.socket;

import io.sekimori.control.ControlAnswer;
import io.sekimori.control.ControlOperation;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import io.sekimori.update.ApplyAnswer;
import io.sekimori.update.DeferAnswer;
import io.sekimori.update.Origin;
import io.sekimori.update.PlanAnswer;
import io.sekimori.update.UpdateService;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers requests: {@code plan}, {@code apply}, {@code follow}, {@code cancel}, {@code defer}, {@code status}, {@code bundles},
 * {@code transitions}, {@code audit-tail}, and what other bundles offer. Thread-safe.
 */
final class Requests {

    private static final long MOST_MINUTES = Duration.ofDays(365).toMinutes();

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
            case "audit-tail" -> new AuditTail(services).answer(request, out);
            case "transitions" -> transitions(out);
            case "plan" -> plan(request, out);
            case "apply" -> apply(request, person, out);
            case "follow" -> follow(request, out);
            case "cancel" -> cancel(request, out);
            case "defer" -> defer(request, person, out);
            default -> others(request, person, out);
        }
    }

    private void others(JsonObject request, String person, Connection.Output out) throws IOException, MalformedJson {
        Optional<ControlOperation> operation = services.operation(request.string("do"));
        if (operation.isEmpty()) {
            out.send(Message.refused(ControlCode.REQUEST_UNKNOWN, "there is no such request"));
            return;
        }
        ControlAnswer answer = operation.get().answer(request.asMap(), person);
        if (answer instanceof ControlAnswer.Done done) {
            out.send(Message.answer(done.members()));
        } else {
            ControlAnswer.Refused refused = (ControlAnswer.Refused) answer;
            out.send(Message.of(Message.REFUSED, Map.of("code", refused.code(), "detail", refused.detail())));
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

    private void defer(JsonObject request, String person, Connection.Output out) throws IOException, MalformedJson {
        long minutes = request.number("minutes");
        if (minutes < 0 || minutes > MOST_MINUTES) {
            throw new MalformedJson("minutes is 0 to " + MOST_MINUTES);
        }
        Optional<UpdateService> update = update(out);
        if (update.isPresent()) {
            DeferAnswer answer = update.get().defer(Duration.ofMinutes(minutes), new Origin(person, "local"));
            out.send(
                    answer instanceof DeferAnswer.Deferred deferred
                            ? Message.answer(Map.of("until", deferred.until().toString()))
                            : Message.refused(((DeferAnswer.Refused) answer).reason()));
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
}
