package io.sekimori.rest;

import io.sekimori.lasting.Lasting;
import io.sekimori.rollouts.Action;
import io.sekimori.rollouts.Rollout;
import io.sekimori.rollouts.RolloutAnswer;
import io.sekimori.rollouts.RolloutException;
import io.sekimori.rollouts.Rollouts;
import io.sekimori.rollouts.Target;
import io.sekimori.rollouts.TargetState;
import io.sekimori.web.Accepts;
import io.sekimori.web.Body;
import io.sekimori.web.Page;
import io.sekimori.web.Permission;
import io.sekimori.web.Request;
import io.sekimori.web.Resource;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import io.sekimori.web.Route.Method;
import io.sekimori.web.Tag;
import io.sekimori.web.WebException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** {@code /v1/rollouts}: makes them, shows them live, and passes on what people order. Thread-safe. */
@Component(service = Resource.class)
public final class RolloutsResource implements Resource {

    private static final String ONE = "/v1/rollouts/{id}";
    private static final String JSON = Accepts.JSON;
    private static final int MAX_DRAFT_BYTES = 4 << 20;
    private static final int BUSY = 200;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Rollouts rollouts;

    private volatile @Nullable Rollouts rolloutsAtEnd;

    private final Ticker ticker = new Ticker();

    /** Begins to look for changes once somebody listens. */
    @Activate
    public RolloutsResource() {}

    /** Those who listen are cut off, and come back to the next version. */
    @Deactivate
    void end() {
        // For calls that are still under way, or that were about to be made.
        rolloutsAtEnd = rollouts;
        ticker.close();
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("listRollouts", Method.GET, "/v1/rollouts", Permission.VIEW, "Rollouts, the newest first")
                        .paged()
                        .answering(200, JSON, "A page"),
                Route.of(
                                "createRollout",
                                Method.POST,
                                "/v1/rollouts",
                                Permission.OPERATE,
                                "Makes a rollout and begins it")
                        .accepting(Accepts.json(MAX_DRAFT_BYTES))
                        .answering(201, JSON, "The rollout"),
                Route.of("getRollout", Method.GET, ONE, Permission.VIEW, "One rollout with its counts")
                        .answering(200, JSON, "The rollout"),
                Route.of("listTargets", Method.GET, ONE + "/targets", Permission.VIEW, "Where each gateway stands")
                        .paged()
                        .with("state", "Only those in this state")
                        .answering(200, JSON, "A page"),
                Route.of("watchRollout", Method.GET, ONE + "/events", Permission.VIEW, "Tells when a rollout changed")
                        .answering(
                                200, "text/event-stream", "rollout.changed, whenever it looks otherwise than before"),
                order("pauseRollout", "pause", "Holds a rollout"),
                order("resumeRollout", "resume", "Lets a rollout go on"),
                order("stopRollout", "stop", "Ends a rollout; what is assigned stays"),
                order("rollBackRollout", "roll-back", "Ends a rollout and takes it back in another one"));
    }

    private static Route order(String name, String word, String summary) {
        return Route.of(name, Method.POST, ONE + "/" + word, Permission.OPERATE, summary)
                .accepting(Accepts.json())
                .answering(200, JSON, "The rollout; for a roll back the new one");
    }

    @Override
    public Response handle(Request request) throws WebException {
        Rollouts now = Refusals.present(rollouts, rolloutsAtEnd, "the rollouts");
        try {
            return switch (request.route().name()) {
                case "listRollouts" -> list(now, request);
                case "createRollout" -> answer(now.create(DraftFields.read(request.json()), Actors.of(request)), true);
                case "getRollout" -> shown(known(now, request));
                case "listTargets" -> targets(now, request);
                case "watchRollout" -> watch(known(now, request));
                case "pauseRollout" -> act(now, request, Action.PAUSE);
                case "resumeRollout" -> act(now, request, Action.RESUME);
                case "stopRollout" -> act(now, request, Action.STOP);
                default -> act(now, request, Action.ROLL_BACK);
            };
        } catch (RolloutException e) {
            throw Refusals.of(e);
        } catch (IllegalArgumentException e) {
            throw Refusals.invalid(String.valueOf(e.getMessage()));
        }
    }

    private static Response list(Rollouts rollouts, Request request) throws WebException, RolloutException {
        Page part = Page.of(request);
        List<Rollout> found = rollouts.page(Optional.of(part.after()).filter(key -> !key.isEmpty()), part.limit());
        return Response.page(
                RolloutJson.all(found),
                found.size() < part.limit()
                        ? Optional.empty()
                        : Optional.of(found.get(found.size() - 1).id()));
    }

    private static Response targets(Rollouts rollouts, Request request) throws WebException, RolloutException {
        String id = known(rollouts, request).id();
        Page part = Page.of(request);
        Optional<TargetState> state =
                request.query("state").map(word -> TargetState.valueOf(word.toUpperCase(Locale.ROOT)));
        OptionalInt after = part.after().isEmpty() ? OptionalInt.empty() : OptionalInt.of(position(part.after()));
        List<Target> found = rollouts.targets(id, state, after, part.limit());
        return Response.page(
                found.stream()
                        .map(target -> RolloutJson.of(target, request.language()))
                        .toList(),
                found.size() < part.limit()
                        ? Optional.empty()
                        : Optional.of(
                                Integer.toString(found.get(found.size() - 1).position())));
    }

    private static int position(String key) {
        if (!key.matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException("after is no position");
        }
        return Integer.parseInt(key);
    }

    private static Response act(Rollouts rollouts, Request request, Action action)
            throws WebException, RolloutException {
        request.json().allow();
        // Whoever says which revision they saw is held to it; to stop something must never fail for a stale page.
        OptionalLong seen =
                request.header("if-match").isPresent() ? OptionalLong.of(Tag.number(request)) : OptionalLong.empty();
        return answer(rollouts.act(request.path("id"), action, seen, Actors.of(request)), false);
    }

    private static Response answer(RolloutAnswer answer, boolean made) throws WebException {
        if (answer instanceof RolloutAnswer.Refused refused) {
            throw Refusals.of(refused);
        }
        Rollout rollout = ((RolloutAnswer.Accepted) answer).rollout();
        return made ? Response.created("/v1/rollouts/" + rollout.id(), RolloutJson.of(rollout)) : shown(rollout);
    }

    /** Says that something changed; what it is then is asked for. */
    private Response watch(Rollout rollout) {
        String id = rollout.id();
        return Response.of(200, new Body.Events(ticker.watching("rollout.changed", () -> look(id))));
    }

    /** State and counts, and who is at it. Empty while it cannot be told, as during a swap. */
    private Optional<List<Object>> look(String id) {
        Rollouts now = Lasting.of(rollouts, rolloutsAtEnd);
        if (now == null) {
            return Optional.empty();
        }
        try {
            List<Target> busy = now.targets(id, Optional.of(TargetState.IN_PROGRESS), OptionalInt.empty(), BUSY);
            return now.get(id).map(rollout -> List.of(rollout, busy));
        } catch (RolloutException e) {
            return Optional.empty();
        }
    }

    private static Rollout known(Rollouts rollouts, Request request) throws WebException, RolloutException {
        return rollouts.get(request.path("id"))
                .orElseThrow(() -> Refusals.unknown("there is no rollout " + request.path("id")));
    }

    private static Response shown(Rollout rollout) {
        return Response.json(RolloutJson.of(rollout)).tagged(Long.toString(rollout.revision()));
    }
}
