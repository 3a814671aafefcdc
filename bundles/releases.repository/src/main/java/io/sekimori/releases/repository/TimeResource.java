package io.sekimori.releases.repository;

import io.sekimori.lasting.Lasting;
import io.sekimori.launcher.RunningGeneration;
import io.sekimori.records.Records;
import io.sekimori.releases.ReleasesException;
import io.sekimori.trust.TimeSigner;
import io.sekimori.trust.TimeStatement;
import io.sekimori.web.Accepts;
import io.sekimori.web.Body;
import io.sekimori.web.Caller;
import io.sekimori.web.Peer;
import io.sekimori.web.Permission;
import io.sekimori.web.Problem;
import io.sekimori.web.Request;
import io.sekimori.web.Resource;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import io.sekimori.web.Route.Method;
import io.sekimori.web.WebCode;
import io.sekimori.web.WebException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;

/**
 * Says what time it is here, signed by the director for the nonce of who asks. For anyone: a gateway whose clock stands in 1970
 * can show no certificate that it believes in itself, and the time is no secret. Who can show one has a door of its own, where neighbours take
 * nothing from it. The records are asked no more than once a minute, whoever asks,
 * unless they fail: then the next one who asks has them asked again.
 * Thread-safe.
 */
@Component(configurationPid = Settings.PID, service = Resource.class)
public final class TimeResource implements Resource {

    private static final Duration KEPT = Duration.ofMinutes(1);

    private static final String NONCE = "32 to 64 of 0-9 a-f, chosen at random; stands in what is signed";

    private static final Route TIME = Route.of(
                    "getTime",
                    Method.GET,
                    "/gateway/v1/time",
                    Permission.ANYONE,
                    "What time it is at the console, signed by its director")
            .with("nonce", NONCE)
            .answering(200, Accepts.JSON, "The statement as signed");
    private static final Route OWN = Route.of(
                    "getOwnTime",
                    Method.GET,
                    "/gateway/v1/own-time",
                    Permission.GATEWAY,
                    "The same for a gateway that shows its certificate, with an allowance of its own")
            .with("nonce", NONCE)
            .answering(200, Accepts.JSON, "The statement as signed");

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Records records;

    private volatile @Nullable Records recordsAtEnd;

    private final Signing signing;
    private final Clock clock;
    private final LongSupplier nanos;
    private volatile @Nullable Known known;
    private final LiveSettings settings;
    private final PeerAllowance allowance;

    /** Who signed last, and since when, by the time since the machine started. */
    private record Known(TimeSigner signer, long sinceNanos) {}

    /** Called by the component runtime. */
    @Activate
    public TimeResource(
            Settings.Config config,
            @Reference RunningGeneration generation,
            @Reference(service = LoggerFactory.class) Logger log) {
        this(Settings.of(generation.unit(), config), generation.unit(), Clock.systemUTC(), System::nanoTime, log);
    }

    TimeResource(Settings settings, Path unit, Clock clock, LongSupplier nanos, Logger log) {
        this.settings = new LiveSettings(settings, unit, log);
        this.clock = clock;
        this.nanos = nanos;
        this.allowance = new PeerAllowance(nanos);
        Tables tables = new Tables(() -> Lasting.of(records, recordsAtEnd));
        this.signing = new Signing(new Repositories(tables, this.settings), this.settings, clock);
    }

    @Modified
    void modified(Settings.Config config) {
        settings.take(config);
    }

    /** Keeps them for calls that are still under way, or that were about to be made. */
    @Deactivate
    void release() {
        recordsAtEnd = records;
    }

    @Override
    public List<Route> routes() {
        return List.of(TIME, OWN);
    }

    @Override
    public Response handle(Request request) throws WebException {
        Duration pause = allowance.pause(who(request.peer()));
        if (!pause.isZero()) {
            return Response.problem(429, WebCode.SERVER_BUSY, "who is there asks too often")
                    .with("Retry-After", Long.toString(pause.toSeconds() + 1));
        }
        String nonce = request.query("nonce")
                .filter(TimeStatement::isNonce)
                .orElseThrow(() -> new WebException(
                        new Problem(400, WebCode.PARAMETER_INVALID, "nonce must have 32 to 64 of 0-9 a-f")));
        try {
            byte[] said = signer().sign(new TimeStatement(nonce, clock.instant()));
            return Response.of(200, Body.bytes(Accepts.JSON, said)).with("Cache-Control", "no-store");
        } catch (ReleasesException | RefusedException | IOException e) {
            throw new WebException(
                    new Problem(503, WebCode.PART_ABSENT, "the director cannot sign now; try again later"), e);
        }
    }

    // Who is proved is told apart from neighbours behind the same address; strangers share what their address has.
    private static String who(Peer peer) {
        return peer.caller() instanceof Caller.Gateway gateway ? gateway.id() : peer.network();
    }

    private TimeSigner signer() throws ReleasesException, RefusedException {
        Known last = known; // read once: another thread may set it
        long now = nanos.getAsLong();
        if (last == null || now - last.sinceNanos() > KEPT.toNanos()) {
            last = new Known(signing.time(), now);
            known = last;
        }
        return last.signer();
    }
}
