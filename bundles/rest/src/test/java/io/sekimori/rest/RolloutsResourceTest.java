package io.sekimori.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.rollouts.Action;
import io.sekimori.rollouts.BundleChange;
import io.sekimori.rollouts.Counts;
import io.sekimori.rollouts.Draft;
import io.sekimori.rollouts.Limits;
import io.sekimori.rollouts.Rollout;
import io.sekimori.rollouts.RolloutAnswer;
import io.sekimori.rollouts.RolloutCode;
import io.sekimori.rollouts.RolloutState;
import io.sekimori.rollouts.Rollouts;
import io.sekimori.rollouts.Selection;
import io.sekimori.rollouts.TargetState;
import io.sekimori.web.Body;
import io.sekimori.web.EventSource;
import io.sekimori.web.Request;
import io.sekimori.web.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RolloutsResourceTest {

    private static final String ID = "r-aaaaaaaaaaaa";
    private static final BundleChange LEVELLED =
            new BundleChange(BundleChange.Kind.BUNDLE, "c", Optional.of("2.0.0"), OptionalInt.of(20));
    private static final Map<String, Object> DRAFT = Map.of(
            "name", "meter 2",
            "filter", Map.of("label", "site:a"),
            "changes",
                    List.of(Map.of("symbolicName", "org.example.a", "version", "2.0.0"), Map.of("symbolicName", "b")),
            "waves", List.of("1", "10%"),
            "limits", Map.of("silent", 2L));

    private final List<Object> asked = new ArrayList<>();
    private final RolloutsResource resource = new RolloutsResource();
    private volatile Counts counts = new Counts(Map.of(TargetState.WAITING, 3));

    RolloutsResourceTest() {
        resource.rollouts = Faked.service(Rollouts.class, this::answer);
    }

    @AfterEach
    void end() {
        resource.end();
    }

    @Test
    void aDraftIsReadAndWhatIsLeftOutIsStrict() throws Exception {
        Response response = resource.handle(request("createRollout").sending(DRAFT));

        assertThat(response.status()).isEqualTo(201);
        assertThat(response.headers()).containsEntry("Location", "/v1/rollouts/" + ID);
        Draft draft = (Draft) asked.get(0);
        assertThat(draft.selection()).isEqualTo(new Selection.Matching(Map.of("label", "site:a")));
        assertThat(draft.limits()).isEqualTo(new Limits(0, 0, 0, 2, 100));
        assertThat(draft.waves()).hasToString("[1, 10%]");
        assertThat(draft.changes()).contains(new BundleChange("b", Optional.empty()));
        assertThat(asked.get(1)).isEqualTo("person:alice 127.0.0.1");
        assertThat(Asking.json(response).get("creator")).isEqualTo("alice");
    }

    @Test
    void whatGatewaysStartWithIsNamedByItsKind() throws Exception {
        Map<String, Object> draft = new TreeMap<>(DRAFT);
        draft.put("changes", List.of(Map.of("kind", "SLOT", "symbolicName", "l", "version", "2.0.0")));
        assertThat(Asking.outcome(resource, request("createRollout").sending(draft)))
                .isEqualTo("201");
        draft.put("changes", List.of(Map.of("kind", "slots", "symbolicName", "l")));
        assertThat(Asking.outcome(resource, request("createRollout").sending(draft)))
                .isEqualTo("422 VALUE_INVALID");

        assertThat(((Draft) asked.get(0)).changes())
                .containsExactly(new BundleChange(BundleChange.Kind.SLOT, "l", Optional.of("2.0.0")));
    }

    @Test
    void aStartLevelIsTakenOfABundleThatGetsAVersion() throws Exception {
        for (Object wrong : List.of(0L, -1L, 101L, 5_000_000_000L)) {
            assertThat(created(Map.of("symbolicName", "b", "version", "2.0.0", "startLevel", wrong)))
                    .as("%s", wrong)
                    .isEqualTo("422 VALUE_INVALID");
        }
        assertThat(created(Map.of("symbolicName", "b", "startLevel", 5L))).isEqualTo("422 VALUE_INVALID");
        assertThat(created(Map.of("kind", "JAVA", "symbolicName", "b", "version", "2.0.0", "startLevel", 5L)))
                .isEqualTo("422 VALUE_INVALID");
        assertThat(asked).isEmpty();

        assertThat(created(Map.of("symbolicName", "c", "version", "2.0.0", "startLevel", 20L)))
                .isEqualTo("201");
        assertThat(((Draft) asked.get(0)).changes()).containsExactly(LEVELLED);
        assertThat(Asking.json(resource.handle(request("getRollout").at("id", ID)))
                        .get("changes"))
                .asString()
                .contains("{kind=BUNDLE, startLevel=20, symbolicName=c, version=2.0.0}")
                .contains("{kind=BUNDLE, symbolicName=b}");
    }

    private String created(Map<String, Object> change) throws Exception {
        Map<String, Object> draft = new TreeMap<>(DRAFT);
        draft.put("changes", List.of(change));
        return Asking.outcome(resource, request("createRollout").sending(draft));
    }

    @Test
    void neitherListNorFilterDoesNotMeanAll() throws Exception {
        Map<String, Object> nobody = Map.of("name", "n", "changes", List.of(Map.of("symbolicName", "b")));

        assertThat(Asking.outcome(resource, request("createRollout").sending(nobody)))
                .isEqualTo("422 VALUE_INVALID");
        assertThat(asked).isEmpty();
    }

    @Test
    void countsHaveEveryStateAndAddUp() throws Exception {
        Response response = resource.handle(request("getRollout").at("id", ID));

        Map<?, ?> shown = (Map<?, ?>) Asking.json(response).get("counts");
        assertThat(shown).hasSize(TargetState.values().length);
        assertThat(shown.values().stream()
                        .mapToInt(one -> ((Number) one).intValue())
                        .sum())
                .isEqualTo(3);
    }

    @Test
    void everyOrderIsPassedOnAndARefusalIsTold() throws Exception {
        for (String route : List.of("pauseRollout", "resumeRollout", "stopRollout")) {
            assertThat(Asking.outcome(resource, request(route).at("id", ID))).isEqualTo("200");
        }
        assertThat(Asking.outcome(resource, request("rollBackRollout").at("id", ID)))
                .isEqualTo("409 NOTHING_TO_ROLL_BACK");
        assertThat(Asking.outcome(resource, request("stopRollout").at("id", ID).header("if-match", "\"1\"")))
                .isEqualTo("412 CHANGED_MEANWHILE");
        assertThat(asked).contains(Action.PAUSE, Action.RESUME, Action.STOP, Action.ROLL_BACK);
    }

    @Test
    void whoWatchesHearsWhenCountsChange() throws Exception {
        Response response = resource.handle(request("watchRollout").at("id", ID));
        EventSource source = ((Body.Events) response.body()).source();
        LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();

        EventSource.Subscription subscription = source.tell((id, type, data) -> heard.add(type), Optional.empty());
        String first = heard.poll(20, TimeUnit.SECONDS);
        counts = new Counts(Map.of(TargetState.WAITING, 2, TargetState.CONFIRMED, 1));
        String second = heard.poll(20, TimeUnit.SECONDS);
        subscription.close();

        assertThat(first).isEqualTo("rollout.changed");
        assertThat(second).isEqualTo("rollout.changed");
    }

    @Test
    void anUnknownRolloutIsNotFound() throws Exception {
        for (String route : List.of("getRollout", "listTargets", "watchRollout")) {
            assertThat(Asking.outcome(resource, request(route).at("id", "r-bbbbbbbbbbbb")))
                    .as(route)
                    .startsWith("404");
        }
    }

    private Request request(String route) {
        return Asking.request(resource, route);
    }

    private Object answer(String name, Object[] arguments) {
        return switch (name) {
            case "create" -> {
                asked.addAll(List.of(arguments));
                yield new RolloutAnswer.Accepted(rollout());
            }
            case "act" -> {
                asked.add(arguments[1]);
                if (((OptionalLong) arguments[2]).orElse(7) != 7) {
                    yield new RolloutAnswer.Refused(RolloutCode.CHANGED_MEANWHILE, "it is at 7");
                }
                yield arguments[1] == Action.ROLL_BACK
                        ? new RolloutAnswer.Refused(RolloutCode.NOTHING_TO_ROLL_BACK, "nobody took it")
                        : new RolloutAnswer.Accepted(rollout());
            }
            case "get" -> arguments[0].equals(ID) ? Optional.of(rollout()) : Optional.empty();
            case "targets" -> List.of();
            default -> throw new UnsupportedOperationException(name);
        };
    }

    private Rollout rollout() {
        return new Rollout(
                ID,
                "meter 2",
                RolloutState.RUNNING,
                "",
                List.of(new BundleChange("b", Optional.empty()), LEVELLED),
                Optional.empty(),
                Limits.STRICT,
                true,
                Duration.ofMinutes(10),
                1,
                List.of(counts),
                Optional.empty(),
                "person:alice 127.0.0.1",
                Instant.EPOCH,
                7);
    }
}
