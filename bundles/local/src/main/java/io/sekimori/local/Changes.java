package io.sekimori.local;

import io.sekimori.trust.Sha256;
import io.sekimori.update.ApplyAnswer;
import io.sekimori.update.Origin;
import io.sekimori.update.UpdateCode;
import io.sekimori.update.UpdateService;
import io.sekimori.web.Problem;
import io.sekimori.web.Request;
import io.sekimori.web.Response;
import io.sekimori.web.WebCode;
import io.sekimori.web.WebException;
import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;
import org.osgi.service.log.Logger;

/** What a technician may do on site: bring a pack, check it, install it, and stop that. Thread-safe. */
final class Changes {

    private static final String NAME = "[A-Za-z0-9_][A-Za-z0-9._-]{0,95}\\.zip";

    private final Supplier<Packs> packs;
    private final Upload upload;
    private final Checks checks;
    private final Course course;
    private final Trail trail;
    private final Advice advice;
    private final Supplier<Logger> log;

    Changes(
            Supplier<Packs> packs,
            Upload upload,
            Checks checks,
            Course course,
            Trail trail,
            Advice advice,
            Supplier<Logger> log) {
        this.packs = packs;
        this.upload = upload;
        this.checks = checks;
        this.course = course;
        this.trail = trail;
        this.advice = advice;
        this.log = log;
    }

    Response keep(UpdateService engine, Request request) throws WebException, IOException {
        String name = request.query("name").orElse("");
        if (!name.matches(NAME)) {
            throw problem(400, WebCode.PARAMETER_INVALID, "name is not 1 to 100 of A-Z a-z 0-9 . _ - with .zip behind");
        }
        requireQuiet(engine);
        trail.record(request, "local.upload", name);
        Pack pack = upload.keep(name, request.body(), () -> requireQuiet(engine));
        return Response.json(201, pack.json());
    }

    Response remove(UpdateService engine, Request request) throws WebException, IOException {
        requireQuiet(engine);
        trail.record(request, "local.upload.remove", "upload");
        upload.remove(() -> requireQuiet(engine));
        return Response.done();
    }

    Response check(UpdateService engine, Request request) throws WebException, IOException {
        return whileItStays(pack(request), pack -> {
            requireQuiet(engine);
            if (!checks.begin(pack, Trail.person(request), engine)) {
                throw checking();
            }
            return Response.json(202, Map.of("pack", pack.id()));
        });
    }

    Response install(UpdateService engine, Request request) throws WebException, IOException {
        request.json().allow("pack", "sha256");
        if (!request.json().has("sha256")) {
            throw problem(409, LocalCode.NOT_CHECKED, "sha256, of the assignment that the check showed, is missing");
        }
        String seen = request.json().text("sha256");
        if (!Sha256.isHex(seen)) {
            throw problem(400, WebCode.PARAMETER_INVALID, "sha256 is not 64 lower-case hex digits");
        }
        return whileItStays(named(request), pack -> install(engine, request, pack, seen));
    }

    private Response install(UpdateService engine, Request request, Pack pack, String seen) throws WebException {
        if (checks.running()) {
            throw checking();
        }
        trail.record(request, "local.install", pack.name());
        Origin origin = new Origin(Trail.person(request), "page");
        ApplyAnswer answer = engine.apply(pack.file(), seen, origin, course);
        if (answer instanceof ApplyAnswer.Started started) {
            checks.spent();
            return Response.json(202, Map.of("id", started.id()));
        }
        io.sekimori.update.Reason reason = ((ApplyAnswer.NotStarted) answer).reason();
        return advice.refusal(LocalCode.NOT_STARTED, reason.code(), reason.detail(), request.language());
    }

    Response cancel(UpdateService engine, Request request) throws WebException {
        request.json().allow("id");
        String id = request.json().text("id");
        if (engine.open().filter(open -> open.id().equals(id)).isPresent()) {
            try {
                trail.record(request, "local.cancel", id);
            } catch (WebException e) {
                // Going back is never refused for want of an audit.
                log.get()
                        .warn(
                                "{} cancels {}, which is not in the audit",
                                request.caller().actor(),
                                id,
                                e);
            }
        }
        if (!engine.cancel(id)) {
            throw problem(409, LocalCode.NOT_CANCELLABLE, "no such transition is open, or its commit has begun");
        }
        return Response.json(202, Map.of("id", id));
    }

    private Pack pack(Request request) throws WebException {
        request.json().allow("pack");
        return named(request);
    }

    private Pack named(Request request) throws WebException {
        return packs.get().find(request.json().text("pack")).orElseThrow(Changes::gone);
    }

    private static WebException gone() {
        return problem(404, LocalCode.PACK_UNKNOWN, "there is no such pack now");
    }

    /** What is done with a pack. */
    @FunctionalInterface
    private interface Deed {
        Response with(Pack pack) throws WebException, IOException;
    }

    /** Does something with a pack which nobody exchanges meanwhile, if it was uploaded; a stick is in somebody's hand. */
    private Response whileItStays(Pack pack, Deed deed) throws WebException, IOException {
        if (pack.place() == Pack.Place.STICK) {
            return deed.with(pack);
        }
        return upload.alone(() -> {
            if (packs.get().find(pack.id()).isEmpty()) {
                throw gone();
            }
            return deed.with(pack);
        });
    }

    /** What is being read must not be exchanged below. */
    private void requireQuiet(UpdateService engine) throws WebException {
        if (checks.running()) {
            throw checking();
        }
        if (engine.open().isPresent()) {
            throw problem(409, UpdateCode.TRANSITION_OPEN, "a transition is open");
        }
    }

    private static WebException checking() {
        return problem(409, LocalCode.CHECK_RUNNING, "a pack is being checked");
    }

    private static WebException problem(int status, Enum<?> code, String detail) {
        return new WebException(new Problem(status, code, detail));
    }
}
