package io.sekimori.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.fleet.Courier;
import io.sekimori.fleet.Courier.Parcel;
import io.sekimori.fleet.Fleet;
import io.sekimori.fleet.Gateway;
import io.sekimori.fleet.Life;
import io.sekimori.releases.Approvals;
import io.sekimori.releases.AwaitedContent;
import io.sekimori.releases.CurrentAssignment;
import io.sekimori.releases.Director;
import io.sekimori.releases.GivenApproval;
import io.sekimori.releases.ImportAnswer;
import io.sekimori.releases.ReleasesCode;
import io.sekimori.releases.ReleasesException;
import io.sekimori.rollouts.BundleChange;
import io.sekimori.rollouts.Limits;
import io.sekimori.rollouts.Rollout;
import io.sekimori.rollouts.RolloutState;
import io.sekimori.rollouts.Rollouts;
import io.sekimori.rollouts.Target;
import io.sekimori.rollouts.TargetState;
import io.sekimori.web.Request;
import io.sekimori.web.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What people have to approve for a rollout, and how it is handed in. */
class ApprovalsResourceTest {

    private static final String ID = "r-aaaaaaaaaaaa";
    private static final String DEVICE = "d".repeat(64);
    private static final String CONTENT = "c".repeat(64);
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final ApprovalsResource resource = new ApprovalsResource();
    private final List<Object> offered = new ArrayList<>();
    private final List<Parcel> told = new ArrayList<>();
    private ImportAnswer answer = new ImportAnswer.Taken(true);
    private boolean connected = true;
    private boolean tooLong;
    private TargetState waitingAs = TargetState.ASSIGNED;
    private int targets = 1;

    ApprovalsResourceTest() {
        resource.rollouts = Faked.service(Rollouts.class, (name, arguments) -> switch (name) {
            case "get" -> arguments[0].equals(ID) ? Optional.of(rollout()) : Optional.empty();
            default -> page((Optional<?>) arguments[1], (OptionalInt) arguments[2], (int) arguments[3]);
        });
        resource.fleet = Faked.service(
                Fleet.class,
                (name, arguments) -> ((Set<?>) arguments[0])
                        .stream().map(id -> gateway((String) id)).toList());
        resource.approvals = Faked.service(Approvals.class, (name, arguments) -> {
            if (name.equals("awaited")) {
                return Set.of(CONTENT);
            }
            if (name.equals("contents") && tooLong) {
                throw new ReleasesException(ReleasesCode.CONTENTS_TOO_LONG, "17 MiB");
            }
            if (name.equals("contents")) {
                List<String> devices =
                        ((List<?>) arguments[0]).stream().map(String::valueOf).toList();
                return List.of(new AwaitedContent(CONTENT, Map.of("model", "M-1"), devices, List.of(given())));
            }
            offered.addAll(List.of(arguments));
            return answer;
        });
        resource.director = Faked.service(
                Director.class,
                (name, arguments) -> Optional.of(
                        new CurrentAssignment((String) arguments[0], 7, NOON, NOON.plusSeconds(60), "signed")));
        resource.courier = Faked.service(Courier.class, (name, arguments) -> {
            if (name.equals("connected")) {
                return connected;
            }
            told.add((Parcel) arguments[0]);
            return null;
        });
    }

    @Test
    void whatGatewaysWaitWithIsShownWithWhoApprovedIt() throws Exception {
        Response response = resource.handle(request("getApprovals"));

        Map<?, ?> content = (Map<?, ?>) ((List<?>) Asking.json(response).get("contents")).get(0);
        assertThat(content.get("sha256")).isEqualTo(CONTENT);
        assertThat(content.get("content")).isEqualTo(Map.of("model", "M-1"));
        assertThat(content.get("gateways")).isEqualTo(1);
        assertThat(content.get("devices")).isEqualTo(List.of(DEVICE));
        assertThat(((List<?>) content.get("approvals")).get(0).toString())
                .contains("by=otto", "keyIds=[k, w]", "withdrawn=[w]", "gateways=0");
        assertThat(content.get("awaiting").toString()).isEqualTo("[{gateways=[g-0], groups=[], state=UNKNOWN}]");
    }

    /** Whoever was told to look again is in progress for that moment. */
    @Test
    void whatIsHandedInWhileAGatewayLooksAgainIsPassedOnToo() throws Exception {
        waitingAs = TargetState.IN_PROGRESS;

        assertThat(Asking.outcome(resource, request("offerApprovals").sending(new byte[] {1, 2})))
                .isEqualTo("200");

        assertThat(offered.get(1)).isEqualTo(Set.of(CONTENT));
    }

    @Test
    void noMoreGatewaysAreLookedAtThanSaid() throws Exception {
        targets = 5_000;

        Response response = resource.handle(request("getApprovals"));

        Map<?, ?> content = (Map<?, ?>) ((List<?>) Asking.json(response).get("contents")).get(0);
        assertThat(content.get("gateways")).isEqualTo(WaitingGateways.MOST);
    }

    @Test
    void whatIsHandedInIsPassedOnAndTheGatewaysAreTold() throws Exception {
        assertThat(Asking.outcome(resource, request("offerApprovals").sending(new byte[] {1, 2})))
                .isEqualTo("200");

        assertThat((byte[]) offered.get(0)).containsExactly(1, 2);
        assertThat(offered.get(1)).isEqualTo(Set.of(CONTENT));
        assertThat(offered.get(2)).isEqualTo("person:alice 127.0.0.1");
        assertThat(told).singleElement().satisfies(parcel -> {
            assertThat(parcel.gateway()).isEqualTo("g-0");
            assertThat(parcel.method() + " " + parcel.resource()).isEqualTo("PUT [assignment]");
        });
    }

    @Test
    void withoutABrokerGatewaysAskByThemselves() throws Exception {
        connected = false;
        assertThat(Asking.outcome(resource, request("offerApprovals").sending(new byte[] {1})))
                .isEqualTo("200");
        resource.courier = null;
        assertThat(Asking.outcome(resource, request("offerApprovals").sending(new byte[] {1})))
                .isEqualTo("200");

        assertThat(told).isEmpty();
    }

    @Test
    void whatIsRefusedSaysWhyAndNobodyIsTold() throws Exception {
        answer = new ImportAnswer.Refused("APPROVAL_OF_OTHER", "content 0");

        assertThat(Asking.outcome(resource, request("offerApprovals").sending(new byte[] {1})))
                .isEqualTo("422 APPROVALS_REFUSED");
        assertThat(told).isEmpty();
    }

    @Test
    void whatIsTooLongToBeShownIsSaidSoAndIsHandedInAllTheSame() throws Exception {
        tooLong = true;

        assertThat(Asking.outcome(resource, request("getApprovals"))).isEqualTo("422 APPROVALS_REFUSED");
        assertThat(Asking.outcome(resource, request("offerApprovals").sending(new byte[] {1})))
                .isEqualTo("200");
    }

    @Test
    void aRolloutThatIsNotThereIsSaidSo() throws Exception {
        for (String route : List.of("getApprovals", "offerApprovals")) {
            assertThat(Asking.outcome(resource, Asking.request(resource, route).at("id", "r-bbbbbbbbbbbb")))
                    .isEqualTo("404 UNKNOWN");
        }
        assertThat(offered).isEmpty();
    }

    private Request request(String route) {
        return Asking.request(resource, route).at("id", ID);
    }

    private List<Target> page(Optional<?> state, OptionalInt after, int limit) {
        assertThat(state.isPresent()).isTrue();
        if (!state.get().equals(waitingAs)) {
            return List.of();
        }
        List<Target> page = new ArrayList<>();
        for (int at = after.orElse(0); at < targets && page.size() < limit; at++) {
            page.add(new Target(
                    "g-" + at,
                    at + 1,
                    1,
                    waitingAs,
                    "APPROVALS_MISSING",
                    "",
                    7,
                    Optional.of(NOON),
                    Optional.empty(),
                    false,
                    "",
                    false));
        }
        return page;
    }

    private static GivenApproval given() {
        return new GivenApproval(
                List.of("k", "w"), List.of("w"), Set.of(), NOON, NOON.plusSeconds(60), NOON, "person:otto 192.0.2.1");
    }

    private static Gateway gateway(String id) {
        return new Gateway(
                id,
                "0001",
                "M-1",
                Life.ACTIVATED,
                Optional.of(DEVICE),
                Set.of(),
                Gateway.Contact.NONE,
                Optional.empty(),
                Optional.empty(),
                0,
                NOON,
                1);
    }

    private static Rollout rollout() {
        return new Rollout(
                ID,
                "meter 2",
                RolloutState.RUNNING,
                "",
                List.of(new BundleChange("b", Optional.empty())),
                Optional.empty(),
                Limits.STRICT,
                true,
                Duration.ofMinutes(10),
                1,
                List.of(),
                Optional.empty(),
                "person:alice 127.0.0.1",
                NOON,
                7);
    }
}
