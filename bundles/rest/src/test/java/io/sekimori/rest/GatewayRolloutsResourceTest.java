package io.sekimori.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.releases.CurrentAssignment;
import io.sekimori.rollouts.RolloutAnswer;
import io.sekimori.rollouts.RolloutCode;
import io.sekimori.rollouts.Rollouts;
import io.sekimori.rollouts.Standing;
import io.sekimori.rollouts.Target;
import io.sekimori.rollouts.TargetState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GatewayRolloutsResourceTest {

    private static final String ID = "g-aaaaaaaaaaaa";

    private final List<Object> asked = new ArrayList<>();
    private final GatewayRolloutsResource resource = new GatewayRolloutsResource();
    private RolloutCode refusal = RolloutCode.NOTHING_TO_TAKE_BACK;

    GatewayRolloutsResourceTest() {
        resource.rollouts = Faked.service(Rollouts.class, (name, arguments) -> {
            if (name.equals("standing")) {
                return List.of(new Standing("r-aaaaaaaaaaaa", "meter 2", target()));
            }
            asked.addAll(List.of(arguments));
            return new RolloutAnswer.Refused(refusal, ID);
        });
    }

    @Test
    void whereItStandsIsTold() throws Exception {
        Map<?, ?> page = Asking.json(
                resource.handle(Asking.request(resource, "listGatewayRollouts").at("id", ID)));

        assertThat((List<?>) page.get("items"))
                .singleElement()
                .satisfies(one -> assertThat(((Map<?, ?>) one).entrySet().toString())
                        .contains("rollout=r-aaaaaaaaaaaa", "state=ASSIGNED", "takenBack=true"));
    }

    @Test
    void theOrderIsPassedOnWithThePersonAndARefusalIsTold() throws Exception {
        assertThat(Asking.outcome(
                        resource, Asking.request(resource, "cancelGateway").at("id", ID)))
                .isEqualTo("409 NOTHING_TO_TAKE_BACK");
        refusal = RolloutCode.TAKEN_BACK_TOO_LATE;
        assertThat(Asking.outcome(
                        resource, Asking.request(resource, "cancelGateway").at("id", ID)))
                .isEqualTo("409 TAKEN_BACK_TOO_LATE");
        assertThat(asked).startsWith(ID, "person:alice 127.0.0.1");
    }

    @Test
    void whatWasTakenBackIsNothingToCompareWith() {
        String document = "{\"signed\":{\"assignment\":{\"takesBack\":7},\"targets\":{}}}";

        assertThat(AssignedBundles.of(new CurrentAssignment("d", 8, Instant.EPOCH, Instant.MAX, document)))
                .isEmpty();
    }

    private static Target target() {
        return new Target(
                ID,
                1,
                1,
                TargetState.ASSIGNED,
                "",
                "",
                7,
                Optional.of(Instant.EPOCH),
                Optional.empty(),
                false,
                "",
                true);
    }
}
