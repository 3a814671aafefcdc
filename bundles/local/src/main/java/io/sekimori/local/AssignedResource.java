package io.sekimori.local;

import io.sekimori.audit.AuditLog;
import io.sekimori.control.ControlAnswer;
import io.sekimori.control.ControlOperation;
import io.sekimori.lasting.Lasting;
import io.sekimori.update.DeferAnswer;
import io.sekimori.update.Origin;
import io.sekimori.update.TakenBack;
import io.sekimori.update.UpdateService;
import io.sekimori.web.Accepts;
import io.sekimori.web.Permission;
import io.sekimori.web.Problem;
import io.sekimori.web.Request;
import io.sekimori.web.Resource;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import io.sekimori.web.Route.Method;
import io.sekimori.web.WebCode;
import io.sekimori.web.WebException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * What the console has assigned, for whoever stands before the gateway: why it waits, to have it installed now, and to put it
 * off. The engine judges; installing is the same request that the command line makes. Thread-safe.
 */
@Component(service = Resource.class, configurationPid = Settings.PID)
public final class AssignedResource implements Resource {

    private static final long MOST_HOURS = 31 * 24;
    private static final int MOST_JSON = 4 << 10;

    private static final Route SHOW = Route.of(
                    "showLocalAssigned",
                    Method.GET,
                    "/v1/local/assigned",
                    Permission.VIEW,
                    "Whether an update of the console waits, and why")
            .answering(200, Accepts.JSON, "What waits, what hinders it, when it begins");
    private static final Route INSTALL = Route.of(
                    "installLocalAssigned",
                    Method.POST,
                    "/v1/local/assigned/install",
                    Permission.OPERATE,
                    "Has what the console assigned installed now")
            .accepting(Accepts.json(MOST_JSON))
            .answering(202, Accepts.JSON, "The transition; its course stands with the updates");
    private static final Route DEFER = Route.of(
                    "deferLocalAssigned",
                    Method.POST,
                    "/v1/local/assigned/defer",
                    Permission.OPERATE,
                    "Puts off what would begin by itself; 0 hours end that")
            .accepting(Accepts.json(MOST_JSON))
            .answering(200, Accepts.JSON, "Until when");

    // Dynamic, so that swaps of others do not take this away. Package-private for the unit test.
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable UpdateService update;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable TakenBack takenBack;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable AuditLog audit;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policyOption = ReferencePolicyOption.GREEDY,
            target = "(" + ControlOperation.NAME + "=update.install)")
    volatile @Nullable ControlOperation install;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policyOption = ReferencePolicyOption.GREEDY,
            target = "(" + ControlOperation.NAME + "=update.assigned)")
    volatile @Nullable ControlOperation assigned;

    private final Advice advice;
    private final Supplier<Set<String>> running;
    private final Trail trail = new Trail(this::trail);
    private volatile boolean notice;
    private volatile @Nullable UpdateService updateAtEnd;
    private volatile @Nullable TakenBack takenBackAtEnd;
    private volatile @Nullable AuditLog auditAtEnd;
    private volatile @Nullable ControlOperation installAtEnd;
    private volatile @Nullable ControlOperation assignedAtEnd;

    /** Called by Declarative Services. */
    @Activate
    public AssignedResource(BundleContext own, Settings.Config config) {
        // The framework's, which outlives this bundle: who asks an old version just then is still answered.
        this(config.notice(), own.getBundle(Constants.SYSTEM_BUNDLE_ID).getBundleContext());
    }

    private AssignedResource(boolean notice, BundleContext framework) {
        this(
                notice,
                Advice.in(framework),
                () -> Stream.of(framework.getBundles())
                        .map(bundle -> bundle.getSymbolicName() + "/" + bundle.getVersion())
                        .collect(Collectors.toSet()));
    }

    /** @param running what runs, {@code name/version} */
    AssignedResource(boolean notice, Advice advice, Supplier<Set<String>> running) {
        this.running = running;
        this.notice = notice;
        this.advice = advice;
    }

    /** Takes a new configuration without the service going away. */
    @Modified
    void change(Settings.Config config) {
        notice = config.notice();
    }

    /** Keeps them for calls that are still under way, or that were about to be made. */
    @Deactivate
    void release() {
        updateAtEnd = update;
        takenBackAtEnd = takenBack;
        auditAtEnd = audit;
        installAtEnd = install;
        assignedAtEnd = assigned;
    }

    @Override
    public List<Route> routes() {
        return List.of(SHOW, INSTALL, DEFER);
    }

    @Override
    public Response handle(Request request) throws WebException {
        if (request.route().name().equals(INSTALL.name())) {
            return install(request);
        }
        UpdateService engine = present(update, updateAtEnd, "no update engine is there at this moment");
        return request.route().name().equals(DEFER.name())
                ? defer(engine, request)
                : Response.json(show(engine, request));
    }

    private Map<String, Object> show(UpdateService engine, Request request) {
        Map<String, Object> json = Assigned.json(engine, notice, new UpdateJson(advice, request.language()));
        json.putAll(Awaited.json(
                Lasting.of(assigned, assignedAtEnd),
                json.get("assignment"),
                Trail.person(request),
                running.get(),
                request.language()));
        json.putAll(Withdrawn.json(Lasting.of(takenBack, takenBackAtEnd)));
        return json;
    }

    private Response install(Request request) throws WebException {
        request.json().allow("assignment");
        Map<String, ?> seen = request.json()
                .optionalNumber("assignment")
                .map(number -> Map.of("assignment", number))
                .orElse(Map.of());
        ControlOperation operation = present(install, installAtEnd, "what asks the console is away at this moment");
        trail.record(request, "local.install.assigned", "console");
        ControlAnswer answer = operation.answer(seen, Trail.person(request));
        return answer instanceof ControlAnswer.Refused refused
                ? advice.refusal(LocalCode.NOT_STARTED, refused.code(), refused.detail(), request.language())
                : Response.json(202, ((ControlAnswer.Done) answer).members());
    }

    // The engine has it in the audit before it is done.
    private Response defer(UpdateService engine, Request request) throws WebException {
        request.json().allow("hours");
        long hours = request.json().number("hours");
        if (hours < 0 || hours > MOST_HOURS) {
            throw new WebException(
                    new Problem(400, WebCode.BODY_INVALID, "hours is not a whole number from 0 to " + MOST_HOURS));
        }
        DeferAnswer answer = engine.defer(Duration.ofHours(hours), new Origin(Trail.person(request), "page"));
        return answer instanceof DeferAnswer.Refused refused
                ? advice.refusal(
                        LocalCode.NOT_DEFERRED,
                        refused.reason().code(),
                        refused.reason().detail(),
                        request.language())
                : Response.json(
                        Map.of("until", ((DeferAnswer.Deferred) answer).until().toString()));
    }

    private @Nullable AuditLog trail() {
        return Lasting.of(audit, auditAtEnd);
    }

    private static <T> T present(@Nullable T current, @Nullable T atEnd, String detail) throws WebException {
        T found = Lasting.of(current, atEnd);
        if (found == null) {
            throw new WebException(new Problem(503, WebCode.PART_ABSENT, detail));
        }
        return found;
    }
}
