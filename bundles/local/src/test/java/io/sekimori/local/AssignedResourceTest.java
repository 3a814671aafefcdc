package io.sekimori.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditReceipt;
import io.sekimori.control.ControlAnswer;
import io.sekimori.control.ControlOperation;
import io.sekimori.update.DeferAnswer;
import io.sekimori.update.Origin;
import io.sekimori.update.Outcome;
import io.sekimori.update.Reason;
import io.sekimori.update.TakenBack;
import io.sekimori.update.TransitionReport;
import io.sekimori.update.UpdateCode;
import io.sekimori.update.UpdateException;
import io.sekimori.update.Waiting;
import io.sekimori.web.Body;
import io.sekimori.web.Caller;
import io.sekimori.web.Permission;
import io.sekimori.web.Request;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import io.sekimori.web.WebCode;
import io.sekimori.web.WebException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssignedResourceTest {

    private static final Instant OPENS = Instant.parse("2026-11-22T22:00:00Z");

    private final FakeEngine engine = new FakeEngine();
    private final List<AuditEntry> audited = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private ControlAnswer installs = new ControlAnswer.Done(Map.of("id", "t-7", "assignment", 7L));
    private AssignedResource resource = new AssignedResource(
            true, new Advice(List::of), () -> Set.of("org.example.meter/1.0.0", "org.example.pump/2.0.0"));

    @BeforeEach
    void bind() {
        resource.update = engine;
        resource.audit = entry -> {
            audited.add(entry);
            return new AuditReceipt(audited.size(), Instant.EPOCH, "0".repeat(64));
        };
        resource.install = (members, person) -> {
            asked.add(person + members);
            return installs;
        };
    }

    @Test
    void whatPeopleTookBackIsShownAlsoIfNothingWaits() throws Exception {
        assertThat(show()).doesNotContainKey("takenBack");

        resource.takenBack = memory(() -> List.of(new TakenBack.Remembered("customer", "k", "c", OPENS)));
        assertThat(show())
                .containsEntry("takenBackCount", 1)
                .containsEntry(
                        "takenBack",
                        List.of(Map.of("group", "customer", "key", "k", "content", "c", "until", OPENS.toString())));
        resource.takenBack = memory(() -> Collections.nCopies(101, new TakenBack.Remembered("", "k", "", OPENS)));
        assertThat(show()).containsEntry("takenBackCount", 101);
        assertThat((List<?>) show().get("takenBack")).hasSize(100);
        resource.takenBack = memory(() -> {
            throw new UpdateException(Reason.of(UpdateCode.WITHDRAWALS_UNUSABLE, "torn"), null);
        });
        assertThat(show()).containsEntry("takenBackUnreadable", "WITHDRAWALS_UNUSABLE");
    }

    private interface Remembering {
        List<TakenBack.Remembered> all() throws UpdateException;
    }

    private static TakenBack memory(Remembering remembering) {
        return new TakenBack() {
            @Override
            public boolean hear(byte[] approvals) {
                throw new AssertionError("the page brings nothing");
            }

            @Override
            public List<Remembered> remembered() throws UpdateException {
                return remembering.all();
            }
        };
    }

    @Test
    void whatWaitsIsShownWithWhyAndWhenItBegins() throws Exception {
        engine.newest = ended(7, new Outcome.Refused(42, Reason.of(UpdateCode.OUTSIDE_WINDOW, "then")));
        engine.hindrance = Optional.of(Reason.of(UpdateCode.OUTSIDE_WINDOW, "the next window opens"));
        engine.begins = Optional.of(OPENS);

        assertThat(show())
                .containsEntry("waits", true)
                .containsEntry("assignment", 7L)
                .containsEntry("since", Instant.EPOCH.toString())
                .containsEntry("code", "OUTSIDE_WINDOW")
                .containsEntry("detail", "the next window opens")
                .containsEntry("begins", OPENS.toString());
    }

    /** Who put off the one looks for it, and finds another. */
    @Test
    void whatTookThePlaceOfOneThatWaitedSaysSo() throws Exception {
        Outcome waits = new Outcome.Refused(42, Reason.of(UpdateCode.DEFERRED, "until then"));
        engine.newest = ended(9, waits);
        engine.before = List.of(ended(9, waits), ended(7, waits), ended(5, waits));
        assertThat(show()).containsEntry("assignment", 9L).containsEntry("superseded", 7L);

        engine.before = List.of(ended(7, new Outcome.Confirmed(42)), ended(5, waits));
        assertThat(show()).as("it was installed").doesNotContainKey("superseded");
        engine.before = List.of();
        assertThat(show()).doesNotContainKey("superseded");
        engine.newest = ended(9, new Outcome.Confirmed(43));
        engine.before = List.of(ended(7, waits));
        assertThat(show()).as("it waits no more").doesNotContainKey("superseded");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "APPROVALS_MISSING",
                "APPROVALS_EXPIRED",
                "APPROVALS_OTHER",
                "APPROVALS_BROKEN",
                "CLOCK_WRONG",
                "ROLLBACK_NOT_ALLOWED"
            })
    void whatWaitsForItsOwnSakeIsShownWithTheCodeOfItsLastTry(String code) throws Exception {
        engine.newest = ended(7, new Outcome.Refused(42, new Reason(code, "of this one")));

        assertThat(show())
                .containsEntry("waits", true)
                .containsEntry("code", code)
                .containsEntry("detail", "of this one");

        engine.hindrance = Optional.of(Reason.of(UpdateCode.DEFERRED, "until then"));
        assertThat(show()).containsEntry("waits", true).containsEntry("code", "DEFERRED");
    }

    /** What the engine says of its policy now counts, not what it said then. */
    @ParameterizedTest
    @ValueSource(strings = {"OUTSIDE_WINDOW", "DEFERRED", "INSTALL_BY_HAND", "DOWNLOAD_BY_HAND", "TIME_UNTRUSTED"})
    void whatNoLongerHindersIsNotShown(String code) throws Exception {
        engine.newest = ended(7, new Outcome.Refused(42, new Reason(code, "then")));

        assertThat(show()).containsEntry("waits", true).doesNotContainKey("code");
    }

    @ParameterizedTest
    @EnumSource
    void whateverWaitsIsSaidToWait(Waiting waiting) throws Exception {
        engine.newest = ended(7, new Outcome.Refused(42, new Reason(waiting.name(), "then")));

        assertThat(show()).containsEntry("waits", true);
    }

    @Test
    void whatWasInstalledOrRefusedForItselfDoesNotWait() throws Exception {
        engine.newest = ended(7, new Outcome.Confirmed(43));
        assertThat(show()).isEqualTo(Map.of("waits", false));

        engine.newest = ended(7, new Outcome.Refused(42, new Reason("BELOW_FLOOR", "by test")));
        assertThat(show()).isEqualTo(Map.of("waits", false));
    }

    @Test
    void whatItWouldChangeAndWhenTheConsoleWasAskedIsShown() throws Exception {
        engine.newest = ended(7, new Outcome.Refused(42, Reason.of(UpdateCode.INSTALL_BY_HAND, "")));
        resource.assigned = heard(7, "org.example.pump/2.0.0", "org.example.meter/1.1.0");

        assertThat(show())
                .containsEntry("asked", OPENS.toString())
                .containsEntry("releases", List.of("org.example.meter/1.1.0"));

        resource.assigned = heard(8, "org.example.meter/1.2.0");
        assertThat(show()).as("another one is not what waits").doesNotContainKey("releases");

        resource.assigned = (members, person) -> new ControlAnswer.Done(Map.of());
        assertThat(show()).doesNotContainKeys("asked", "releases");
    }

    @Test
    void whatItWouldMendAndInterruptIsShownBeforeItIsInstalled() throws Exception {
        engine.newest = ended(7, new Outcome.Refused(42, Reason.of(UpdateCode.INSTALL_BY_HAND, "")));
        List<?> gone = List.of(Map.of("symbolicName", "org.example.bus", "aboutMillis", 80L));
        resource.assigned = (members, person) -> new ControlAnswer.Done(Map.of(
                "asked",
                OPENS.toString(),
                "assignment",
                7L,
                "releases",
                List.of(),
                "preview",
                Map.of(
                        "restart",
                        true,
                        "interruptions",
                        gone,
                        "remedies",
                        List.of(Map.of("en", "A door was open.", "ja", "")))));

        assertThat(show())
                .containsEntry(
                        "preview",
                        Map.of("restart", true, "interruptions", gone, "remedies", List.of("A door was open.")));
    }

    private static ControlOperation heard(long assignment, String... releases) {
        return (members, person) -> new ControlAnswer.Done(
                Map.of("asked", OPENS.toString(), "assignment", assignment, "releases", List.of(releases)));
    }

    @Test
    void whoWantsNoNoticeIsToldOfNoUpdate() throws Exception {
        AssignedResource quiet = new AssignedResource(false, new Advice(List::of), Set::of);
        quiet.update = engine;
        resource = quiet;
        engine.newest = ended(7, new Outcome.Refused(42, Reason.of(UpdateCode.INSTALL_BY_HAND, "")));

        assertThat(show()).isEqualTo(Map.of("waits", false));
    }

    @Test
    void whoStandsBeforeItHasItInstalledNowAndThatIsAuditedFirst() throws Exception {
        Response answer = post("installLocalAssigned", Map.of());

        assertThat(answer.status()).isEqualTo(202);
        assertThat(json(answer)).containsEntry("id", "t-7");
        assertThat(asked).containsExactly("yui{}");
        assertThat(audited).extracting(AuditEntry::action).containsExactly("local.install.assigned");

        resource.audit = null;
        assertRefused(503, UpdateCode.AUDIT_UNAVAILABLE, "installLocalAssigned", Map.of());
        assertThat(asked).hasSize(1);
    }

    /** What the console assigned since then was seen by nobody here. */
    @Test
    void whatWasLookedAtIsInstalledAndNothingElse() throws Exception {
        post("installLocalAssigned", Map.of("assignment", 7L));

        assertThat(asked).containsExactly("yui{assignment=7}");
    }

    @Test
    void whatIsNotInstalledIsToldWithTheCodeOfWhoRefusedIt() throws Exception {
        installs = new ControlAnswer.Refused("NOTHING_ASSIGNED", "by test");

        Response answer = post("installLocalAssigned", Map.of());

        assertThat(answer.status()).isEqualTo(409);
        assertThat(((Body.Refused) answer.body()).problem().facts().get("reason"))
                .isEqualTo("NOTHING_ASSIGNED");
    }

    @Test
    void itIsPutOffInTheNameOfWhoAsksAndThatCanEnd() throws Exception {
        engine.defers = new DeferAnswer.Deferred(OPENS);

        assertThat(json(post("deferLocalAssigned", Map.of("hours", 2L)))).containsEntry("until", OPENS.toString());
        post("deferLocalAssigned", Map.of("hours", 0L));

        String who = new Origin("yui", "page").toString();
        assertThat(engine.deferred).containsExactly("2 by " + who, "0 by " + who);
    }

    @Test
    void whatIsPutOffForTooLongIsRefusedWithTheEnginesReason() throws Exception {
        engine.defers = new DeferAnswer.Refused(Reason.of(UpdateCode.DEFERRAL_TOO_LONG, "by test"));

        Response answer = post("deferLocalAssigned", Map.of("hours", 99L));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(((Body.Refused) answer.body()).problem().code()).isEqualTo(LocalCode.NOT_DEFERRED);
        assertRefused(400, WebCode.BODY_INVALID, "deferLocalAssigned", Map.of("hours", -1L));
        assertRefused(400, WebCode.BODY_INVALID, "deferLocalAssigned", Map.of("hours", Long.MAX_VALUE));
    }

    @Test
    void whoLooksNeedsViewAndWhoChangesNeedsOperate() {
        assertThat(resource.routes())
                .allSatisfy(route -> assertThat(route.permission())
                        .isEqualTo(route.method() == Route.Method.GET ? Permission.VIEW : Permission.OPERATE));
    }

    @Test
    void anOldVersionAnswersWhoStillAsksIt() throws Exception {
        resource.release();
        resource.update = null; // as Declarative Services does
        resource.audit = null;
        resource.install = null;

        assertThat(show()).containsEntry("waits", false);
        assertThat(post("installLocalAssigned", Map.of()).status()).isEqualTo(202);
    }

    @Test
    void withoutThePartsItIsRefused() {
        resource.update = null;
        resource.install = null;

        assertRefused(503, WebCode.PART_ABSENT, "showLocalAssigned", Map.of());
        assertRefused(503, WebCode.PART_ABSENT, "installLocalAssigned", Map.of());
    }

    private static TransitionReport ended(long assignment, Outcome outcome) {
        return new TransitionReport(
                "t-7",
                42,
                43,
                assignment,
                new Origin("console", "console"),
                Instant.EPOCH,
                Instant.EPOCH,
                outcome,
                Optional.empty(),
                List.of());
    }

    private Map<String, Object> show() throws WebException {
        return json(post("showLocalAssigned", Map.of()));
    }

    private Response post(String name, Map<String, Object> members) throws WebException {
        Route route = resource.routes().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        Caller yui = new Caller.Person("yui", "s1", Set.of(Permission.VIEW, Permission.OPERATE));
        return resource.handle(Request.of(route, yui).sending(members));
    }

    private void assertRefused(int status, Enum<?> code, String route, Map<String, Object> members) {
        assertThatExceptionOfType(WebException.class)
                .isThrownBy(() -> post(route, members))
                .satisfies(e -> {
                    assertThat(e.problem().code()).isEqualTo(code);
                    assertThat(e.problem().status()).isEqualTo(status);
                });
    }

    @SuppressWarnings("unchecked") // what the resource makes
    private static Map<String, Object> json(Response response) {
        return (Map<String, Object>) ((Body.Json) response.body()).value();
    }
}
