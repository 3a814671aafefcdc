package io.sekimori.local;

import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditLog;
import io.sekimori.launcher.RunningGeneration;
import io.sekimori.update.ApplyAnswer;
import io.sekimori.update.OpenTransition;
import io.sekimori.update.Origin;
import io.sekimori.update.UpdateCode;
import io.sekimori.update.UpdateService;
import io.sekimori.web.Body;
import io.sekimori.web.Caller;
import io.sekimori.web.Problem;
import io.sekimori.web.Request;
import io.sekimori.web.Resource;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import io.sekimori.web.WebCode;
import io.sekimori.web.WebException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Updates from a stick or from the phone of whoever stands before the gateway. What a pack is worth the engine decides,
 * here as on every other road. Thread-safe.
 */
@Component(service = Resource.class, configurationPid = Settings.PID)
@Designate(ocd = Settings.Config.class)
public final class UpdatesResource implements Resource {

    private static final String NAME = "[A-Za-z0-9_][A-Za-z0-9._-]{0,95}\\.zip";

    // Dynamic, so that swaps of others do not take this away. Package-private for the unit test.
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable UpdateService update;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable AuditLog audit;

    private final Advice advice;
    private final Upload upload;
    private final Checks checks = new Checks();
    private final Course course = new Course();
    private volatile Packs packs;

    /** Called by Declarative Services. */
    @Activate
    public UpdatesResource(BundleContext own, @Reference RunningGeneration running, Settings.Config config) {
        // The framework's, which outlives this bundle: who asks an old version just then is still answered.
        this(
                running.unit().resolve("data").resolve(LocalTls.BUNDLE),
                Settings.of(config),
                Advice.in(own.getBundle(Constants.SYSTEM_BUNDLE_ID).getBundleContext()));
    }

    UpdatesResource(Path data, Settings settings, Advice advice) {
        this.advice = advice;
        this.upload = new Upload(data);
        this.packs = new Packs(settings.media(), upload.folder());
    }

    /** Takes a new configuration without the service going away; one that makes no sense changes nothing. */
    @Modified
    void change(Settings.Config config) {
        packs = new Packs(Settings.of(config).media(), upload.folder());
    }

    @Override
    public List<Route> routes() {
        return UpdateRoutes.ALL;
    }

    @Override
    public Response handle(Request request) throws WebException, IOException {
        UpdateService current = update; // read once: one call, one engine
        if (current == null) {
            throw problem(503, WebCode.PART_ABSENT, "no update engine is there at this moment");
        }
        return switch (request.route().name()) {
            case UpdateRoutes.SHOW -> show(current, new UpdateJson(advice, request.language()));
            case UpdateRoutes.UPLOAD -> keep(current, request);
            case UpdateRoutes.REMOVE -> remove(current, request);
            case UpdateRoutes.CHECK -> check(current, request);
            case UpdateRoutes.INSTALL -> install(current, request);
            default -> cancel(current, request);
        };
    }

    private Response show(UpdateService engine, UpdateJson form) {
        Packs now = packs;
        Map<String, Object> json = new TreeMap<>();
        json.put("media", now.media().name());
        json.put("packs", now.all().stream().map(Pack::json).toList());
        checks.json(form).ifPresent(check -> json.put("check", check));
        Optional<OpenTransition> open = engine.open();
        open.ifPresent(each -> json.put("transition", form.of(each, course.of(each, engine))));
        json.put("recent", engine.recent().stream().map(form::of).toList());
        return Response.json(json);
    }

    private Response keep(UpdateService engine, Request request) throws WebException, IOException {
        String name = request.query("name").orElse("");
        if (!name.matches(NAME)) {
            throw problem(400, WebCode.PARAMETER_INVALID, "name is not 1 to 100 of A-Z a-z 0-9 . _ - with .zip behind");
        }
        requireQuiet(engine);
        record(request, "local.upload", name);
        Pack pack = upload.keep(name, request.body());
        return Response.json(201, pack.json());
    }

    private Response remove(UpdateService engine, Request request) throws WebException, IOException {
        requireQuiet(engine);
        record(request, "local.upload.remove", "upload");
        upload.remove();
        return Response.done();
    }

    private Response check(UpdateService engine, Request request) throws WebException {
        Pack pack = pack(request);
        requireQuiet(engine);
        if (!checks.begin(pack, person(request), engine)) {
            throw checking();
        }
        return Response.json(202, Map.of("pack", pack.id()));
    }

    private Response install(UpdateService engine, Request request) throws WebException {
        Pack pack = pack(request);
        if (checks.running()) {
            throw checking();
        }
        ApplyAnswer answer = engine.apply(pack.file(), new Origin(person(request), "page"), course);
        if (answer instanceof ApplyAnswer.Started started) {
            return Response.json(202, Map.of("id", started.id()));
        }
        io.sekimori.update.Reason reason = ((ApplyAnswer.NotStarted) answer).reason();
        Map<String, Object> facts = new TreeMap<>(Map.of("reason", reason.code()));
        advice.of(reason.code(), request.language()).ifPresent(text -> facts.put("reasonAdvice", text));
        return Response.of(409, new Body.Refused(new Problem(409, LocalCode.NOT_STARTED, reason.detail(), facts)));
    }

    private static Response cancel(UpdateService engine, Request request) throws WebException {
        request.json().allow("id");
        String id = request.json().text("id");
        if (!engine.cancel(id)) {
            throw problem(409, LocalCode.NOT_CANCELLABLE, "no such transition is open, or its commit has begun");
        }
        return Response.json(202, Map.of("id", id));
    }

    private Pack pack(Request request) throws WebException {
        request.json().allow("pack");
        return packs.find(request.json().text("pack"))
                .orElseThrow(() -> problem(404, LocalCode.PACK_UNKNOWN, "there is no such pack now"));
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

    private void record(Request request, String action, String subject) throws WebException {
        AuditLog current = audit;
        if (current == null) {
            throw problem(503, UpdateCode.AUDIT_UNAVAILABLE, "no audit is there");
        }
        try {
            current.append(new AuditEntry(
                    request.caller().actor(),
                    action,
                    subject,
                    Verdict.ALLOWED,
                    "",
                    Map.of("from", request.peer().address())));
        } catch (AuditException e) {
            throw new WebException(new Problem(503, e.code(), String.valueOf(e.getMessage())), e);
        }
    }

    private static String person(Request request) {
        return request.caller() instanceof Caller.Person person
                ? person.name()
                : request.caller().actor();
    }

    private static WebException checking() {
        return problem(409, LocalCode.CHECK_RUNNING, "a pack is being checked");
    }

    private static WebException problem(int status, Enum<?> code, String detail) {
        return new WebException(new Problem(status, code, detail));
    }
}
