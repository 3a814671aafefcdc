package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.generation.Confirmed;
import io.sekimori.generation.Generation;
import io.sekimori.trust.Kind;
import io.sekimori.trust.Release;
import io.sekimori.trust.Swap;
import io.sekimori.update.DeferAnswer;
import io.sekimori.update.Origin;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each demand of a gateway's own policy, met and not met, and the floors that it keeps. */
class ConsentRulesTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Set<String> ALL = Set.of(Consent.CONSOLE, Consent.SITE);
    private static final Origin CONSOLE = new Origin("console", "console");
    private static final Origin PERSON = new Origin("tester", "page");

    @TempDir
    private Path work;

    private Deferral deferral;

    @BeforeEach
    void nothingIsPutOff() {
        deferral = new Deferral(work.resolve("data").resolve("deferral.json"));
    }

    @Test
    void onlyWhoIsListedMayAsk() {
        Consent site = consent(Set.of(Consent.SITE), ALL, true, true);
        Consent console = consent(Set.of(Consent.CONSOLE), ALL, true, true);

        refuses("ORIGIN_NOT_ALLOWED", () -> site.demandOrigin(CONSOLE));
        refuses("ORIGIN_NOT_ALLOWED", () -> console.demandOrigin(PERSON));
        allows(() -> site.demandOrigin(PERSON));
        allows(() -> console.demandOrigin(CONSOLE));
    }

    @Test
    void onlyWhoIsListedMayGoBack() {
        Consent site = consent(ALL, Set.of(Consent.SITE), true, true);
        Generation two = Generations.of(2, Generations.bundle("a", 2, Swap.OVERLAP, 3));
        List<Release> launcher = List.of(release(Kind.SLOT, "a", 7));
        List<Release> older = List.of(release(Kind.BUNDLE, "a", 1), release(Kind.SLOT, "a", 7));
        List<Release> same = List.of(release(Kind.BUNDLE, "a", 2), release(Kind.SLOT, "a", 7));
        List<Release> olderLauncher = List.of(release(Kind.BUNDLE, "a", 2), release(Kind.SLOT, "a", 6));

        refuses("ROLLBACK_NOT_ALLOWED", () -> site.demandDirection(CONSOLE, two, launcher, older));
        refuses("ROLLBACK_NOT_ALLOWED", () -> site.demandDirection(CONSOLE, two, launcher, olderLauncher));
        assertThatThrownBy(() -> site.demandDirection(CONSOLE, two, launcher, older))
                .hasMessageEndingWith(": [a/1.0.1]");
        refuses("ROLLBACK_NOT_ALLOWED", () -> site.demandDirection(CONSOLE, two, List.of(), older));
        allows(() -> site.demandDirection(PERSON, two, launcher, older));
        allows(() -> site.demandDirection(CONSOLE, two, launcher, same));
        allows(() -> site.demandDirection(CONSOLE, two, List.of(), olderLauncher));
        allows(() -> site.demandDirection(CONSOLE, two, launcher, List.of(release(Kind.BUNDLE, "b", 1))));
    }

    private static Release release(Kind kind, String name, long counter) {
        String version = "1.0." + counter;
        return new Release(
                Release.pathOf(kind, name, version),
                name,
                version,
                counter,
                0,
                0,
                Swap.OVERLAP,
                kind,
                1,
                "a".repeat(64),
                List.of());
    }

    @Test
    void whereDownloadsAreByHandOnlyAPersonDownloads() {
        Consent byHand = consent(ALL, ALL, false, true);

        refuses("DOWNLOAD_BY_HAND", () -> byHand.demandDownload(CONSOLE));
        allows(() -> byHand.demandDownload(PERSON));
        allows(() -> consent(ALL, ALL, true, true).demandDownload(CONSOLE));
        assertThat(byHand.hindrance(CONSOLE, NOON).orElseThrow().code()).isEqualTo("DOWNLOAD_BY_HAND");
        assertThat(byHand.hindrance(PERSON, NOON)).isEmpty();
    }

    @Test
    void whereInstallationsAreByHandOnlyAPersonInstalls() {
        Consent byHand = consent(ALL, ALL, true, false);

        refuses("INSTALL_BY_HAND", () -> byHand.demandNow(CONSOLE, NOON, NOON));
        allows(() -> byHand.demandNow(PERSON, NOON, NOON));
        allows(() -> consent(ALL, ALL, true, true).demandNow(CONSOLE, NOON, NOON));
    }

    @Test
    void outsideOfAWindowNothingBeginsByItself() {
        Consent consent = consent(ALL, ALL, true, true, "* 02:00-04:00");

        refuses("OUTSIDE_WINDOW", () -> consent.demandNow(CONSOLE, NOON, NOON));
        allows(() -> consent.demandNow(PERSON, NOON, NOON));
        allows(() -> consent.demandNow(CONSOLE, NOON, NOON.plus(Duration.ofHours(15))));
    }

    @Test
    void theClockMayBeLateByTenMinutesAndNoMore() {
        Consent consent = consent(ALL, ALL, true, true, "* 12:00-13:00");

        allows(() -> consent.demandNow(CONSOLE, NOON.plus(Duration.ofMinutes(10)), NOON));
        refuses("CLOCK_WRONG", () -> consent.demandNow(CONSOLE, NOON.plusSeconds(601), NOON));
    }

    @Test
    void whatIsPutOffDoesNotBegin() {
        Consent consent = consent(ALL, ALL, true, true);
        assertThat(deferral.put(Duration.ofHours(1), DAY, NOON)).isInstanceOf(DeferAnswer.Deferred.class);

        refuses("DEFERRED", () -> consent.demandNow(CONSOLE, NOON, NOON));
        allows(() -> consent.demandNow(PERSON, NOON, NOON));
        allows(() -> consent.demandNow(CONSOLE, NOON, NOON.plus(Duration.ofHours(1))));
    }

    @Test
    void itMayBeEndedAlsoWhenNothingMayBePutOff() {
        assertThat(deferral.put(Duration.ZERO, Duration.ZERO, NOON)).isInstanceOf(DeferAnswer.Deferred.class);
        assertThat(deferral.put(Duration.ofSeconds(1), Duration.ZERO, NOON)).isInstanceOf(DeferAnswer.Refused.class);
    }

    @Test
    void aClockThatWasSetBackGainsNoTime() {
        assertThat(deferral.put(Duration.ofHours(1), DAY, NOON)).isInstanceOf(DeferAnswer.Deferred.class);
        Instant before = NOON.minus(Duration.ofHours(1));

        assertThat(deferral.put(DAY.plusMinutes(30), DAY, before)).isInstanceOf(DeferAnswer.Refused.class);
        assertThat(deferral.put(DAY, DAY, before)).isInstanceOf(DeferAnswer.Deferred.class);
    }

    @Test
    void aRuleForNobodyKnownIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> consent(Set.of("x"), ALL, true, true).stranger(PERSON));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> consent(ALL, Set.of("x"), true, true).stranger(PERSON));
    }

    @Test
    void atMostFiftyWindowsAreRead() {
        String[] fifty = new String[50];
        java.util.Arrays.fill(fifty, "* 02:00-04:00");

        assertThat(Windows.of(List.of(fifty), "UTC").windows()).hasSize(50);
        String[] more = java.util.Arrays.copyOf(fifty, 51);
        more[50] = "* 02:00-04:00";
        assertThatIllegalArgumentException().isThrownBy(() -> Windows.of(List.of(more), "UTC"));
    }

    @Test
    void floorsRiseAndNeverFallAndStayForWhatWent() {
        Confirmed before = new Confirmed(1, Optional.empty(), Map.of("a", 3L, "gone", 9L));

        assertThat(Floors.after(before, List.of(release("a", 5, 4), release("b", 1, 1), release("c", 1, 0))))
                .isEqualTo(Map.of("a", 4L, "b", 1L, "gone", 9L));
        assertThat(Floors.after(before, List.of(release("a", 5, 2)))).containsEntry("a", 3L);
    }

    @Test
    void aFallbackStaysUnlessAHardFloorIsAboveIt() {
        List<Release> fallback = List.of(release("a", 2, 0), release("b", 1, 0));

        assertThat(Floors.keepFallback(fallback, List.of(release("a", 5, 5, 2)), Map.of("a", 2L, "c", 5L)))
                .isTrue();
        assertThat(Floors.keepFallback(fallback, List.of(release("a", 5, 5, 3)), Map.of("a", 3L)))
                .isFalse();
        assertThat(Floors.keepFallback(List.of(), List.of(release("a", 5, 5, 5)), Map.of("a", 5L)))
                .isTrue();
        assertThat(Floors.keepFallback(fallback, List.of(), Map.of("a", 3L)))
                .as("what goes with this update is in the fallback all the same")
                .isFalse();
        assertThat(Floors.keepFallback(fallback, List.of(release("a", 2, 0)), Map.of("a", 3L)))
                .as("the next one runs it by permit")
                .isTrue();
        assertThat(Floors.keepFallback(fallback, List.of(release("a", 3, 0)), Map.of("a", 4L)))
                .isFalse();
    }

    @Test
    void hardFloorsAreRememberedOfWhatIsOrWasOnTheUnit() {
        Confirmed before = new Confirmed(1, Optional.empty(), Map.of(), Map.of("gone", 9L, "a", 4L));

        assertThat(Floors.hardAfter(
                        before,
                        List.of(release("b", 1, 0)),
                        List.of(release("a", 5, 5, 3), release("c", 1, 0)),
                        Map.of("a", 3L, "b", 2L, "never.here", 7L)))
                .isEqualTo(Map.of("gone", 9L, "a", 4L, "b", 2L));
    }

    private static Release release(String name, long counter, long floor) {
        return release(name, counter, floor, 0);
    }

    private static Release release(String name, long counter, long floor, long hardFloor) {
        String path = Release.pathOf(Kind.BUNDLE, name, "1.0.0");
        return new Release(
                path,
                name,
                "1.0.0",
                counter,
                floor,
                hardFloor,
                Swap.OVERLAP,
                Kind.BUNDLE,
                1,
                "a".repeat(64),
                List.of());
    }

    private Consent consent(
            Set<String> updaters, Set<String> restorers, boolean downloads, boolean installs, String... windows) {
        return new Consent(
                () -> new Consent.Rules(
                        updaters, restorers, downloads, installs, Windows.of(List.of(windows), "UTC"), DAY),
                deferral);
    }

    private static void refuses(String code, ThrowingCallable demand) {
        assertThatThrownBy(demand)
                .isInstanceOfSatisfying(
                        Stopped.class, e -> assertThat(e.reason().code()).isEqualTo(code));
    }

    private static void allows(ThrowingCallable demand) {
        assertThatCode(demand).doesNotThrowAnyException();
    }
}
