package io.sekimori.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.fleet.Census;
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
import io.sekimori.releases.HeldAssignment;
import io.sekimori.releases.ImportAnswer;
import io.sekimori.releases.ReleasesCode;
import io.sekimori.releases.ReleasesException;
import io.sekimori.rollouts.BundleChange;
import io.sekimori.rollouts.Counts;
import io.sekimori.rollouts.Limits;
import io.sekimori.rollouts.Rollout;
import io.sekimori.rollouts.RolloutState;
import io.sekimori.rollouts.Rollouts;
import io.sekimori.rollouts.Target;
import io.sekimori.rollouts.TargetState;
import io.sekimori.trust.ApprovalRequest;
import io.sekimori.trust.ApprovedContent;
import io.sekimori.trust.JsonText;
import io.sekimori.web.Request;
import io.sekimori.web.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What people have to approve for a rollout, and how it is handed in. */
class ApprovalsResourceTest {

    private static final String ID = "r-aaaaaaaaaaaa";
    private static final String DEVICE = "d".repeat(64);
    private static final String CONTENT = "c".repeat(64);
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private static final Map<String, Object> DOCUMENT = new ApprovedContent("M-1", List.of(), Map.of()).json();

    private final ApprovalsResource resource = new ApprovalsResource(Clock.fixed(NOON, ZoneOffset.UTC));
    private final List<Object> offered = new ArrayList<>();
    private final List<Object> counted = new ArrayList<>();
    private final List<Parcel> told = new ArrayList<>();
    private ImportAnswer answer = new ImportAnswer.Taken(true);
    private Optional<HeldAssignment> held = Optional.empty();
    private boolean connected = true;
    private boolean tooLong;
    private TargetState waitingAs = TargetState.ASSIGNED;
    private int targets = 1;

    ApprovalsResourceTest() {
        resource.rollouts = Faked.service(Rollouts.class, (name, arguments) -> switch (name) {
            case "get" -> arguments[0].equals(ID) ? Optional.of(rollout()) : Optional.empty();
            default -> page((Optional<?>) arguments[1], (OptionalInt) arguments[2], (int) arguments[3]);
        });
        resource.fleet = Faked.service(Fleet.class, (name, arguments) -> {
            Set<?> ids = (Set<?>) arguments[0];
            if (name.equals("census")) {
                counted.addAll(List.of(arguments));
                return new Census(
                        0, ids.stream().map(String::valueOf).sorted().toList(), Census.Parts.NONE, Census.Parts.NONE);
            }
            return ids.stream().map(id -> gateway((String) id)).toList();
        });
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
                return List.of(new AwaitedContent(CONTENT, DOCUMENT, devices, List.of(given())));
            }
            offered.addAll(List.of(arguments));
            return answer;
        });
        resource.director = Faked.service(
                Director.class,
                (name, arguments) -> name.equals("held")
                        ? held
                        : Optional.of(
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
        assertThat(content.get("content")).isEqualTo(DOCUMENT);
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
        assertThat(Asking.json(response).get("waiting")).isEqualTo(5_000);
    }

    /** Nobody signs it, and whoever signs elsewhere reads the content alone: a console that lies has nothing else signed. */
    @Test
    void whatChangesIsToldBesideTheContentAndIsNoPartOfWhatIsSigned() throws Exception {
        Map<String, Object> answer = new TreeMap<>(Asking.json(resource.handle(request("getApprovals"))));

        Map<?, ?> content = (Map<?, ?>) ((List<?>) answer.get("contents")).get(0);
        assertThat(content.get("unsignedDifference").toString())
                .isEqualTo("{changes=[], compared=0, more=0, unchanged=0, unknown=1, unknownGateways=[g-0]}");
        assertThat(counted.get(1)).isEqualTo(NOON.minus(Duration.ofDays(1)));
        assertThat(ApprovalRequest.parse(JsonText.bytes(answer)).entries())
                .containsExactly(
                        new ApprovalRequest.Entry(new ApprovedContent("M-1", List.of(), Map.of()), 1, Set.of(DEVICE)));
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
    void whatIsHeldBackIsNotSentAgain() throws Exception {
        held = Optional.of(new HeldAssignment(DEVICE, 7, "BELOW_FLOOR", "org.a/1.0.0 has counter 1, the floor is 3"));

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

    private Rollout rollout() {
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
                List.of(new Counts(Map.of(waitingAs, targets))),
                Optional.empty(),
                "person:alice 127.0.0.1",
                NOON,
                7);
    }
}
