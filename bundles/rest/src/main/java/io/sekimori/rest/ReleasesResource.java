package io.sekimori.rest;

import io.sekimori.releases.ImportAnswer;
import io.sekimori.releases.Release;
import io.sekimori.releases.Releases;
import io.sekimori.releases.ReleasesException;
import io.sekimori.releases.Remedy;
import io.sekimori.releases.RepositoryState;
import io.sekimori.trust.Permit;
import io.sekimori.web.Accepts;
import io.sekimori.web.Page;
import io.sekimori.web.Permission;
import io.sekimori.web.Problem;
import io.sekimori.web.Request;
import io.sekimori.web.Resource;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import io.sekimori.web.Route.Method;
import io.sekimori.web.WebException;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * {@code /v1/releases}: what publishers signed. To bring more: each new root, each new file, then the targets metadata,
 * then that of publishers it delegates to, then the timestamp; every step may be repeated. Thread-safe.
 */
@Component(service = Resource.class)
public final class ReleasesResource implements Resource {

    private static final String JSON = Accepts.JSON;
    private static final String BYTES = "application/octet-stream";
    private static final long MAX_FILE = 512L << 20;
    private static final long MAX_METADATA = 16L << 20;
    private static final long MAX_TIMESTAMP = 64L << 10;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Releases releases;

    private volatile @Nullable Releases releasesAtEnd;

    /** Keeps it for calls that are still under way, or that were about to be made. */
    @Deactivate
    void release() {
        releasesAtEnd = releases;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("listReleases", Method.GET, "/v1/releases", Permission.VIEW, "Releases by name and counter")
                        .paged()
                        .answering(200, JSON, "A page"),
                Route.of(
                                "getRepository",
                                Method.GET,
                                "/v1/repository",
                                Permission.VIEW,
                                "What the repository stands on")
                        .answering(200, JSON, "Version and expiry of each role"),
                bring(
                        "importFile",
                        Method.PUT,
                        "/v1/releases/files/{sha256}",
                        MAX_FILE,
                        "Brings the file of a release"),
                bring("importRoot", Method.POST, "/v1/releases/roots", MAX_METADATA, "Brings the next root"),
                bring(
                        "importDirectorRoot",
                        Method.POST,
                        "/v1/director/roots",
                        MAX_METADATA,
                        "Brings the director's next root"),
                bring(
                        "importTargets",
                        Method.POST,
                        "/v1/releases/targets",
                        MAX_METADATA,
                        "Brings signed targets metadata and publishes it"),
                bring(
                        "importDelegated",
                        Method.POST,
                        "/v1/releases/targets/{role}",
                        MAX_METADATA,
                        "Brings what a delegated publisher signed and publishes it"),
                bring(
                        "importPermit",
                        Method.POST,
                        "/v1/releases/permits",
                        Permit.MAX_BYTES,
                        "Brings a signed permit to go below a floor"),
                bring(
                        "importTimestamp",
                        Method.POST,
                        "/v1/releases/timestamps",
                        MAX_TIMESTAMP,
                        "Has the console sign above a publisher's own timestamp"));
    }

    private static Route bring(String name, Method method, String path, long most, String summary) {
        return Route.of(name, method, path, Permission.RELEASE, summary)
                .accepting(Accepts.stream(BYTES, most))
                .answering(200, JSON, "Whether it is new here");
    }

    @Override
    public Response handle(Request request) throws WebException, IOException {
        Releases now = Refusals.present(releases, releasesAtEnd, "the release repository");
        String actor = Actors.of(request);
        try {
            return switch (request.route().name()) {
                case "listReleases" -> list(now, request);
                case "getRepository" -> Response.json(state(now.state()));
                case "importFile" -> file(now, request);
                case "importRoot" -> answer(now.importRoot(request.bytes(), actor));
                case "importDirectorRoot" -> answer(now.importDirectorRoot(request.bytes(), actor));
                case "importPermit" -> answer(now.importPermit(request.bytes(), actor));
                case "importTimestamp" -> answer(now.importTimestamp(request.bytes(), actor));
                case "importTargets" -> answer(now.importTargets(request.bytes(), actor));
                default -> delegated(now, request, actor);
            };
        } catch (ReleasesException e) {
            throw Refusals.failed("the release repository does not answer", e);
        }
    }

    private static Response list(Releases releases, Request request) throws WebException, ReleasesException {
        Page part = Page.of(request);
        List<Map<String, Object>> items = releases.releases().stream()
                .sorted(Comparator.comparing(ReleasesResource::key))
                .filter(release -> key(release).compareTo(part.after()) > 0)
                .limit(part.limit() + 1L)
                .map(ReleasesResource::json)
                .toList();
        if (items.size() <= part.limit()) {
            return Response.page(items, Optional.empty());
        }
        List<Map<String, Object>> page = items.subList(0, part.limit());
        return Response.page(
                page, Optional.of((String) page.get(page.size() - 1).get("key")));
    }

    /** By name, kind and counter; not as the names alone sort, since {@code a.b/} comes before {@code a/}. */
    private static String key(Release release) {
        return String.format("%s/%s/%019d", release.symbolicName(), release.kind(), release.counter());
    }

    private static Response file(Releases releases, Request request) throws WebException, ReleasesException {
        String sha256 = request.path("sha256");
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw Refusals.invalid("a file is named by 64 lower-case hex digits");
        }
        return answer(releases.importFile(sha256, request.body()));
    }

    private static Response delegated(Releases releases, Request request, String actor)
            throws WebException, IOException, ReleasesException {
        String role = request.path("role");
        if (!role.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            throw Refusals.invalid("a publisher's role has 1 to 64 of A-Z a-z 0-9 . _ -");
        }
        return answer(releases.importDelegated(role, request.bytes(), actor));
    }

    private static Response answer(ImportAnswer answer) throws WebException {
        if (answer instanceof ImportAnswer.Refused refused) {
            throw new WebException(
                    new Problem(422, RestCode.IMPORT_REFUSED, refused.detail(), Map.of("refusal", refused.code())));
        }
        return Response.json(Map.of("changed", ((ImportAnswer.Taken) answer).changed()));
    }

    private static Map<String, Object> json(Release release) {
        Map<String, Object> json = new TreeMap<>();
        json.put("key", key(release));
        json.put("symbolicName", release.symbolicName());
        json.put("version", release.version());
        json.put("kind", release.kind().name());
        json.put("counter", release.counter());
        json.put("floor", release.floor());
        json.put("swap", release.swap());
        json.put("lengthBytes", release.lengthBytes());
        json.put("sha256", release.sha256());
        json.put("models", release.models());
        release.remedy().ifPresent(remedy -> json.put("remedy", json(remedy)));
        return json;
    }

    /** In both languages: who shows it chooses. */
    static Map<String, Object> json(Remedy remedy) {
        Map<String, Object> json = new TreeMap<>(Map.of("en", remedy.english()));
        if (!remedy.japanese().isEmpty()) {
            json.put("ja", remedy.japanese());
        }
        return json;
    }

    private static Map<String, Object> state(RepositoryState state) {
        Map<String, Object> roles = new TreeMap<>();
        state.roles().forEach((role, signed) -> roles.put(role, json(signed)));
        List<Map<String, Object>> publishers =
                state.publishers().stream().map(ReleasesResource::json).toList();
        Map<String, Object> support = new TreeMap<>();
        state.support().forEach((model, end) -> support.put(model, end.toString()));
        return Map.of("roles", roles, "publishers", publishers, "support", support);
    }

    private static Map<String, Object> json(RepositoryState.Publisher publisher) {
        Map<String, Object> json = new TreeMap<>();
        json.put("role", publisher.role());
        json.put("patterns", publisher.patterns());
        json.put("keyIds", publisher.keyIds());
        json.put("threshold", publisher.threshold());
        publisher.published().ifPresent(signed -> json.putAll(json(signed)));
        return json;
    }

    private static Map<String, Object> json(RepositoryState.Signed signed) {
        return Map.of("version", signed.version(), "expires", signed.expires().toString());
    }
}
