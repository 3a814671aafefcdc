package io.sekimori.local;

import io.sekimori.audit.AuditLog;
import io.sekimori.config.Authorship;
import io.sekimori.config.Change;
import io.sekimori.config.ChangeOutcome;
import io.sekimori.config.ConfigCode;
import io.sekimori.config.ConfigException;
import io.sekimori.config.Configurations;
import io.sekimori.lasting.Lasting;
import io.sekimori.update.UpdateCode;
import io.sekimori.update.UpdateService;
import io.sekimori.web.Accepts;
import io.sekimori.web.Fields;
import io.sekimori.web.Permission;
import io.sekimori.web.Problem;
import io.sekimori.web.Request;
import io.sekimori.web.Resource;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import io.sekimori.web.Route.Method;
import io.sekimori.web.Tag;
import io.sekimori.web.WebCode;
import io.sekimori.web.WebException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Whether the gateway updates, and what begins by itself, for an administrator before it. What is decided here is a version
 * of the engine's configuration like one of the console; the later one counts, and each is made from the one before.
 * Thread-safe.
 */
@Component(service = Resource.class)
public final class PolicyResource implements Resource {

    private static final int MOST_JSON = 4 << 10;
    private static final String PATH = "/v1/local/update-policy";
    private static final String REASON = "on the gateway's own page";

    private static final Route SHOW = Route.of(
                    "showLocalUpdatePolicy", Method.GET, PATH, Permission.VIEW, "Whether and how updates begin")
            .answering(200, Accepts.JSON, "The switches, who set them last and when; with an ETag");
    private static final Route SET = Route.of(
                    "setLocalUpdatePolicy",
                    Method.PUT,
                    PATH,
                    Permission.ADMINISTER,
                    "Says whether and how updates begin; If-Match names what was seen")
            .accepting(Accepts.json(MOST_JSON))
            .answering(200, Accepts.JSON, "As it is now; with an ETag");

    // Dynamic, so that swaps of others do not take this away. Package-private for the unit test.
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Configurations configurations;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable UpdateService update;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable AuditLog audit;

    private final Advice advice;
    private final Trail trail = new Trail(this::trail);
    private volatile @Nullable Configurations configurationsAtEnd;
    private volatile @Nullable UpdateService updateAtEnd;
    private volatile @Nullable AuditLog auditAtEnd;

    /** Called by Declarative Services. */
    @Activate
    public PolicyResource(BundleContext own) {
        // The framework's, which outlives this bundle: who asks an old version just then is still answered.
        this(Advice.in(own.getBundle(Constants.SYSTEM_BUNDLE_ID).getBundleContext()));
    }

    PolicyResource(Advice advice) {
        this.advice = advice;
    }

    /** Keeps them for calls that are still under way, or that were about to be made. */
    @Deactivate
    void release() {
        configurationsAtEnd = configurations;
        updateAtEnd = update;
        auditAtEnd = audit;
    }

    @Override
    public List<Route> routes() {
        return List.of(SHOW, SET);
    }

    @Override
    public Response handle(Request request) throws WebException {
        Configurations current = Lasting.of(configurations, configurationsAtEnd);
        if (current == null) {
            throw absent("nothing keeps configurations at this moment");
        }
        try {
            return request.route().name().equals(SET.name()) ? set(current, request) : shown(state(current));
        } catch (ConfigException e) {
            throw new WebException(new Problem(503, e.code(), "what is kept cannot be read"), e);
        }
    }

    private static PolicyState state(Configurations configurations) throws ConfigException, WebException {
        return PolicyState.read(configurations).orElseThrow(() -> absent("no update engine is there at this moment"));
    }

    private static Response shown(PolicyState state) {
        return Response.json(state.json()).tagged(Long.toString(state.version()));
    }

    private Response set(Configurations current, Request request) throws ConfigException, WebException {
        PolicyState.Switches wanted = wanted(request.json());
        long seen = Tag.number(request);
        PolicyState now = state(current);
        if (now.version() != seen) {
            throw new WebException(Tag.stale());
        }
        if (!now.site()) {
            return Response.problem(409, LocalCode.POLICY_NOT_FOR_SITE, "site is not in update.by");
        }
        Optional<Response> busy = underWay(request);
        if (busy.isPresent()) {
            return busy.get();
        }
        trail.record(request, "local.update-policy", PolicyState.PID, wanted.words());
        ChangeOutcome outcome = current.change(new Change(
                PolicyState.PID,
                seen,
                wanted.attributes(),
                Set.of(),
                Authorship.onSite(Trail.person(request), REASON)));
        if (outcome instanceof ChangeOutcome.Refused refused) {
            return refused(refused, request);
        }
        return shown(state(current));
    }

    private static PolicyState.Switches wanted(Fields json) throws WebException {
        json.allow("enabled", "downloadAutomatic", "installAutomatic");
        return new PolicyState.Switches(
                json.bool("enabled"), json.bool("downloadAutomatic"), json.bool("installAutomatic"));
    }

    // A transition that goes back takes the configuration of what it changed back with it, and this with that.
    private Optional<Response> underWay(Request request) throws WebException {
        UpdateService engine = Lasting.of(update, updateAtEnd);
        if (engine == null) {
            throw absent("no update engine is there at this moment");
        }
        return engine.open()
                .map(open -> advice.refusal(
                        LocalCode.POLICY_NOT_CHANGED,
                        UpdateCode.TRANSITION_OPEN.name(),
                        open.from() + " to " + open.to(),
                        request.language()));
    }

    private Response refused(ChangeOutcome.Refused refused, Request request) throws WebException {
        if (refused.code() == ConfigCode.VERSION_STALE) {
            throw new WebException(Tag.stale());
        }
        return advice.refusal(
                LocalCode.POLICY_NOT_CHANGED, refused.code().name(), refused.detail(), request.language());
    }

    private @Nullable AuditLog trail() {
        return Lasting.of(audit, auditAtEnd);
    }

    private static WebException absent(String detail) {
        return new WebException(new Problem(503, WebCode.PART_ABSENT, detail));
    }
}
