package io.sekimori.local;

import io.sekimori.connection.Link;
import io.sekimori.identity.Identity;
import io.sekimori.lasting.Lasting;
import io.sekimori.status.Status;
import io.sekimori.status.StatusService;
import io.sekimori.web.Accepts;
import io.sekimori.web.Permission;
import io.sekimori.web.Problem;
import io.sekimori.web.Request;
import io.sekimori.web.Resource;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import io.sekimori.web.WebCode;
import io.sekimori.web.WebException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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
 * How the gateway is, for people on site. A look hashes every file, so one serves all who ask within some seconds.
 * Thread-safe.
 */
@Component(service = Resource.class)
public final class FactsResource implements Resource {

    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final Route SHOW = Route.of(
                    "showLocalFacts",
                    Route.Method.GET,
                    "/v1/local/facts",
                    Permission.VIEW,
                    "How the gateway is, and why it is red")
            .answering(200, Accepts.JSON, "Identity, reasons with advice, health, bundles, connection");

    // Dynamic, so that swaps of others do not take this away. Package-private for the unit test.
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable StatusService status;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Identity identity;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Link link;

    private final Advice advice;
    private final Object looking = new Object();
    private volatile @Nullable Seen last;
    private volatile Present atEnd = new Present(null, null, null);

    /** The services of other bundles. */
    private record Present(
            @Nullable StatusService status,
            @Nullable Identity identity,
            @Nullable Link link) {}

    /** A look, and when it was made by the clock that is never set. */
    private record Seen(Status status, long nanos) {}

    /** Called by Declarative Services. */
    @Activate
    public FactsResource(BundleContext own) {
        // The framework's, which outlives this bundle: who asks an old version just then is still answered.
        this(Advice.in(own.getBundle(Constants.SYSTEM_BUNDLE_ID).getBundleContext()));
    }

    FactsResource(Advice advice) {
        this.advice = advice;
    }

    /** Keeps them for calls that are still under way, or that were about to be made. */
    @Deactivate
    void release() {
        atEnd = new Present(status, identity, link);
    }

    @Override
    public List<Route> routes() {
        return List.of(SHOW);
    }

    @Override
    public Response handle(Request request) throws WebException {
        Link current = Lasting.of(link, atEnd.link());
        Facts facts = new Facts(
                status(),
                Optional.ofNullable(Lasting.of(identity, atEnd.identity())),
                Optional.ofNullable(current).map(Link::status),
                advice,
                request.language());
        return Response.json(facts.json());
    }

    private Status status() throws WebException {
        Seen seen = last;
        if (fresh(seen)) {
            return seen.status();
        }
        synchronized (looking) {
            seen = last;
            if (fresh(seen)) {
                return seen.status(); // somebody else looked meanwhile
            }
            StatusService current = Lasting.of(status, atEnd.status()); // read once: one call, one provider
            if (current == null) {
                throw new WebException(new Problem(503, WebCode.PART_ABSENT, "nothing looks at this moment"));
            }
            Status now = current.now();
            last = new Seen(now, System.nanoTime());
            return now;
        }
    }

    private static boolean fresh(@Nullable Seen seen) {
        return seen != null && System.nanoTime() - seen.nanos() < FRESH_NANOS;
    }
}
