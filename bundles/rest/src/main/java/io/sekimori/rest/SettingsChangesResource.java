package io.sekimori.rest;

import io.sekimori.lasting.Lasting;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import io.sekimori.tuning.Tuned;
import io.sekimori.tuning.Tuning;
import io.sekimori.tuning.TuningAnswer;
import io.sekimori.tuning.TuningCode;
import io.sekimori.tuning.TuningException;
import io.sekimori.web.Accepts;
import io.sekimori.web.Body;
import io.sekimori.web.Page;
import io.sekimori.web.Permission;
import io.sekimori.web.Problem;
import io.sekimori.web.Request;
import io.sekimori.web.Resource;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import io.sekimori.web.Route.Method;
import io.sekimori.web.WebException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** {@code /v1/gateways/{id}/settings/changes}: changes settings by mandate, and shows what became of it. Thread-safe. */
@Component(service = Resource.class)
public final class SettingsChangesResource implements Resource {

    private static final String ALL = "/v1/gateways/{id}/settings/changes";
    private static final int MAX_BYTES = 128 << 10;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Tuning tuning;

    private volatile @Nullable Tuning tuningAtEnd;

    private final Ticker ticker = new Ticker();

    /** Begins to look for changes once somebody listens. */
    @Activate
    public SettingsChangesResource() {}

    /** Those who listen are cut off, and come back to the next version. */
    @Deactivate
    void end() {
        // For calls that are still under way, or that were about to be made.
        tuningAtEnd = tuning;
        ticker.close();
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("listSettingsChanges", Method.GET, ALL, Permission.VIEW, "Changes of a gateway, newest first")
                        .paged()
                        .answering(200, Accepts.JSON, "A page"),
                Route.of(
                                "changeSettings",
                                Method.POST,
                                ALL,
                                Permission.OPERATE,
                                "Changes settings of a gateway, on trial")
                        .accepting(Accepts.json(MAX_BYTES))
                        .answering(202, Accepts.JSON, "The id of the change"),
                Route.of(
                                "watchSettingsChanges",
                                Method.GET,
                                "/v1/gateways/{id}/settings/events",
                                Permission.VIEW,
                                "Tells when a change of a gateway went on")
                        .answering(200, "text/event-stream", "settings.changed, whenever they look otherwise"),
                Route.of("getSettingsChange", Method.GET, ALL + "/{change}", Permission.VIEW, "One change")
                        .answering(200, Accepts.JSON, "The change, without passwords"));
    }

    @Override
    public Response handle(Request request) throws WebException {
        Tuning now = Refusals.present(tuning, tuningAtEnd, "the changes of settings");
        try {
            return switch (request.route().name()) {
                case "listSettingsChanges" -> list(now, request);
                case "changeSettings" -> change(now, request);
                case "watchSettingsChanges" -> watch(request.path("id"));
                default ->
                    Response.json(json(now.get(request.path("id"), request.path("change"))
                            .orElseThrow(() -> Refusals.unknown("there is no such change"))));
            };
        } catch (TuningException e) {
            throw Refusals.failed("the records do not answer", e);
        } catch (IllegalArgumentException e) {
            throw Refusals.invalid(String.valueOf(e.getMessage()));
        }
    }

    private static Response list(Tuning tuning, Request request) throws WebException, TuningException {
        Page part = Page.of(request);
        List<Tuned> found =
                tuning.page(request.path("id"), Optional.of(part.after()).filter(key -> !key.isEmpty()), part.limit());
        return Response.page(
                found.stream().map(SettingsChangesResource::json).toList(),
                found.size() < part.limit()
                        ? Optional.empty()
                        : Optional.of(found.get(found.size() - 1).id()));
    }

    private static Response change(Tuning tuning, Request request) throws WebException {
        TuningAnswer answer = tuning.change(WishFields.read(request), Actors.of(request));
        if (answer instanceof TuningAnswer.Refused refused) {
            throw new WebException(new Problem(status(refused.code()), refused.code(), refused.detail()));
        }
        Tuned sent = ((TuningAnswer.Sent) answer).tuned();
        return Response.json(202, Map.of("id", sent.id()));
    }

    private Response watch(String gateway) {
        return Response.of(200, new Body.Events(ticker.watching("settings.changed", () -> {
            Tuning current = Lasting.of(tuning, tuningAtEnd);
            try {
                return current == null ? Optional.empty() : Optional.of(current.page(gateway, Optional.empty(), 20));
            } catch (TuningException e) {
                return Optional.empty(); // the next look may see it
            }
        })));
    }

    private static int status(TuningCode code) {
        return switch (code) {
            case GATEWAY_UNKNOWN -> 404;
            case GATEWAY_NOT_ENROLLED -> 409;
            case GATEWAY_SILENT -> 504;
            case SETTING_UNKNOWN, CHANGE_TOO_LARGE -> 422;
            default -> 503;
        };
    }

    private static Map<String, Object> json(Tuned tuned) {
        Map<String, Object> json = new TreeMap<>(Map.of(
                "id", tuned.id(),
                "state", tuned.state().name(),
                "person", Actors.name(tuned.person()),
                "reason", tuned.reason(),
                "at", tuned.at().toString(),
                "trialEnds", tuned.trialEnds().toString()));
        if (!tuned.code().isEmpty()) {
            json.put("code", tuned.code());
        }
        if (!tuned.detail().isEmpty()) {
            json.put("detail", tuned.detail());
        }
        try {
            json.put(
                    "changes",
                    JsonObject.parse(tuned.changes().getBytes(StandardCharsets.UTF_8))
                            .asMap());
        } catch (MalformedJson e) {
            throw new IllegalStateException("what was recorded as JSON is JSON", e);
        }
        return json;
    }
}
