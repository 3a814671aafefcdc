package io.sekimori.releases.repository;

import io.sekimori.fleet.Fleet;
import io.sekimori.fleet.FleetCode;
import io.sekimori.fleet.FleetException;
import io.sekimori.lasting.Lasting;
import io.sekimori.launcher.RunningGeneration;
import io.sekimori.records.Records;
import io.sekimori.releases.CurrentAssignment;
import io.sekimori.releases.ReleasesException;
import io.sekimori.trust.Approvals;
import io.sekimori.trust.MetadataDirectory;
import io.sekimori.trust.Sha256;
import io.sekimori.web.Accepts;
import io.sekimori.web.Body;
import io.sekimori.web.Caller;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
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
 * What gateways fetch over HTTPS. A gateway sees its own assignment and nobody else's; releases are for all
 * of them. Thread-safe.
 */
@Component(configurationPid = Settings.PID, service = Resource.class)
public final class GatewayFiles implements Resource {

    private static final String ASSIGNMENT = "targets.json";
    private static final String WITHDRAWALS = "withdrawals.json";
    private static final String NEWS = "Sekimori-Withdrawals";
    private static final String FOR_EVER = "private, max-age=31536000, immutable";

    private static final Route DIRECTOR = Route.of(
                    "getDirectorMetadata",
                    Method.GET,
                    "/gateway/v1/director/{file}",
                    Permission.GATEWAY,
                    "The gateway's assignment, targets.json, its approvals, approvals.json, what people took back,"
                            + " withdrawals.json, or a root of the director")
            .answering(200, Accepts.JSON, "The metadata as signed");
    private static final Route RELEASE = Route.of(
                    "getReleaseMetadata",
                    Method.GET,
                    "/gateway/v1/release/{file}",
                    Permission.GATEWAY,
                    "Metadata of the release repository")
            .answering(200, Accepts.JSON, "The metadata as signed");
    private static final Route TARGET = Route.of(
                    "getTarget",
                    Method.GET,
                    "/gateway/v1/targets/{sha256}",
                    Permission.GATEWAY,
                    "A released file, or a part of it")
            .answering(200, "application/octet-stream", "The file");
    // Other bundles' services: dynamic, so that a swap does not take this one down.
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Records records;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Fleet fleet;

    private volatile @Nullable Records recordsAtEnd;
    private volatile @Nullable Fleet fleetAtEnd;

    private final Tables tables;
    private final FreshAssignments assignments;
    private final GatewayApprovals approvals;
    private final WithdrawalNews withdrawals;
    private final LiveSettings settings;

    /** Called by the component runtime. */
    @Activate
    public GatewayFiles(
            Settings.Config config,
            @Reference RunningGeneration generation,
            @Reference(service = LoggerFactory.class) Logger log) {
        this(Settings.of(generation.unit(), config), generation.unit(), Clock.systemUTC(), log);
    }

    GatewayFiles(Settings settings, Path unit, Clock clock, Logger log) {
        this.settings = new LiveSettings(settings, unit, log);
        this.tables = new Tables(() -> Lasting.of(records, recordsAtEnd));
        Repositories repositories = new Repositories(tables, this.settings);
        this.assignments = new FreshAssignments(
                tables,
                new Signing(repositories, this.settings, clock),
                new HeldBack(tables, repositories, clock, log),
                clock,
                log);
        this.approvals = new GatewayApprovals(tables, clock);
        this.withdrawals = new WithdrawalNews(tables, clock, System::nanoTime);
    }

    @Modified
    void modified(Settings.Config config) {
        settings.take(config);
    }

    /** Keeps them for calls that are still under way, or that were about to be made. */
    @Deactivate
    void release() {
        recordsAtEnd = records;
        fleetAtEnd = fleet;
    }

    @Override
    public List<Route> routes() {
        return List.of(DIRECTOR, RELEASE, TARGET);
    }

    @Override
    public Response handle(Request request) throws WebException {
        try {
            Fleet.Standing gateway = served(request);
            return switch (request.route().name()) {
                case "getDirectorMetadata" -> director(request, gateway);
                case "getReleaseMetadata" -> metadata(request, MetadataRows.RELEASE);
                default -> target(request);
            };
        } catch (ReleasesException | FleetException e) {
            throw new WebException(
                    new Problem(503, WebCode.PART_ABSENT, "the records cannot be used now; try again later"), e);
        }
    }

    /** Who asks. Its certificate is good, but who is held, lost or out of service gets nothing, be it signed already. */
    private Fleet.Standing served(Request request) throws WebException, FleetException {
        Fleet.Standing gateway = fleet().standing(gateway(request)).orElseThrow(() -> absent("no gateway has this id"));
        return switch (gateway.life()) {
            case PROVISIONED, ACTIVATED -> gateway;
            case SUSPENDED, LOST, RETIRED ->
                throw new WebException(new Problem(403, FleetCode.GATEWAY_NOT_TRUSTED, "it is " + gateway.life()));
        };
    }

    private Response director(Request request, Fleet.Standing gateway) throws WebException, ReleasesException {
        String file = request.path().get("file");
        Optional<String> device = gateway.deviceKey();
        if (file.equals(Approvals.FILE)) {
            return (device.isPresent() ? approvals.of(device.get()) : Optional.<byte[]>empty())
                    .map(bytes -> document(request, bytes, "no-cache"))
                    .orElseThrow(() -> absent("nobody has approved what is assigned to this gateway"));
        }
        if (file.equals(WITHDRAWALS)) {
            return document(request, withdrawals.file(), "no-cache");
        }
        if (!file.equals(ASSIGNMENT)) {
            return metadata(request, MetadataRows.DIRECTOR);
        }
        Optional<CurrentAssignment> assignment = device.isPresent() ? assignments.of(device.get()) : Optional.empty();
        Response answer = assignment
                .map(current -> document(request, current.document().getBytes(StandardCharsets.UTF_8), "no-cache"))
                .orElseGet(() -> Response.problem(
                        404, WebCode.NOT_FOUND, "nothing is assigned to this gateway, or it is held back"));
        String news = withdrawals.name();
        return news.isEmpty() ? answer : answer.with(NEWS, news);
    }

    private Response metadata(Request request, String repository) throws WebException, ReleasesException {
        String file = request.path().get("file");
        if (!MetadataDirectory.isName(file)) {
            throw absent("no metadata is called that");
        }
        byte[] bytes = tables.read(connection -> MetadataRows.one(connection, repository, file))
                .orElseThrow(() -> absent(file + " is not there"));
        return document(request, bytes, Character.isDigit(file.charAt(0)) ? FOR_EVER : "no-cache");
    }

    private Response target(Request request) throws WebException {
        String sha256 = request.path().get("sha256");
        if (!Sha256.isHex(sha256)) {
            throw absent("no file is called that");
        }
        Path file = settings.get().place().store().path(sha256);
        if (!Files.isRegularFile(file)) {
            throw absent("no such file");
        }
        return Response.of(200, new Body.Stored("application/octet-stream", file, sha256))
                .with("Cache-Control", FOR_EVER);
    }

    private static Response document(Request request, byte[] bytes, String caching) {
        String tag = Tag.of(Sha256.hex(bytes));
        Response response = request.header("if-none-match").filter(tag::equals).isPresent()
                ? Response.of(304, new Body.Empty())
                : Response.of(200, Body.bytes(Accepts.JSON, bytes));
        return response.with("ETag", tag).with("Cache-Control", caching);
    }

    private Fleet fleet() throws WebException {
        Fleet now = Lasting.of(fleet, fleetAtEnd);
        if (now == null) {
            throw new WebException(new Problem(503, WebCode.PART_ABSENT, "no fleet is there; try again later"));
        }
        return now;
    }

    private static String gateway(Request request) throws WebException {
        if (request.caller() instanceof Caller.Gateway gateway) {
            return gateway.id();
        }
        throw new WebException(new Problem(403, WebCode.CERTIFICATE_REQUIRED, "this is for gateways"));
    }

    private static WebException absent(String detail) {
        return new WebException(new Problem(404, WebCode.NOT_FOUND, detail));
    }
}
