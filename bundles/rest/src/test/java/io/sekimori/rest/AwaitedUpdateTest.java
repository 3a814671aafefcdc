package io.sekimori.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.fleet.DeviceReport;
import io.sekimori.fleet.RunningBundle;
import io.sekimori.releases.Release;
import io.sekimori.releases.Remedy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who is to install an update is told which risk it removes and what it interrupts. */
class AwaitedUpdateTest {

    private static final RunningBundle APP_1 = bundle("org.example.app", "1.0.0", "a");
    private static final RunningBundle APP_2 = bundle("org.example.app", "2.0.0", "b");
    private static final RunningBundle BUS_1 = bundle("org.example.bus", "1.0.0", "c");
    private static final RunningBundle BUS_2 = bundle("org.example.bus", "2.0.0", "d");
    private static final RunningBundle LAUNCHER = bundle("launcher", "1.0.0", "e");
    private static final RunningBundle NEXT_LAUNCHER = bundle("launcher", "2.0.0", "f");

    private static final List<Release> RELEASES = List.of(
            release(APP_1, Release.Kind.BUNDLE, "overlap", "An old hole."),
            release(APP_2, Release.Kind.BUNDLE, "overlap", "Anybody could open the door."),
            release(BUS_2, Release.Kind.BUNDLE, "replace", "Anybody could open the door."),
            release(NEXT_LAUNCHER, Release.Kind.SLOT, "restart", "A start without a check."));

    @Test
    void whatRunsAlreadyIsNoUpdate() {
        assertThat(AwaitedUpdate.of(assigned(Set.of(APP_1), LAUNCHER), running(LAUNCHER, APP_1), RELEASES))
                .isEmpty();
    }

    @Test
    void onlyWhatComesSaysWhatItMends() {
        assertThat(json(assigned(Set.of(APP_2, BUS_1), LAUNCHER), running(LAUNCHER, APP_1, BUS_1)))
                .containsEntry("remedies", List.of(Map.of("en", "Anybody could open the door.", "ja", "扉")))
                .containsEntry("restart", false)
                .containsEntry("replaced", List.of())
                .containsEntry("removed", List.of())
                .containsEntry("known", true)
                .containsEntry("assignment", 7L);
    }

    @Test
    void whatIsStoppedOrRemovedIsNamed() {
        assertThat(json(assigned(Set.of(BUS_2), LAUNCHER), running(LAUNCHER, APP_1, BUS_1)))
                .containsEntry("replaced", List.of("org.example.bus"))
                .containsEntry("removed", List.of("org.example.app"));
    }

    @Test
    void anotherLauncherRestartsTheGateway() {
        assertThat(json(assigned(Set.of(APP_1), NEXT_LAUNCHER), running(LAUNCHER, APP_1)))
                .containsEntry("restart", true)
                .containsEntry("remedies", List.of(Map.of("en", "A start without a check.", "ja", "扉")));
    }

    @Test
    void whatNobodyProvedIsListedWholeAndSaidToBeUnknown() {
        assertThat(json(assigned(Set.of(APP_2, BUS_2), LAUNCHER), Optional.empty()))
                .containsEntry("known", false)
                .containsEntry("replaced", List.of("org.example.bus"));
    }

    private static Map<String, Object> json(AssignedBundles assigned, Optional<DeviceReport> report) {
        return AwaitedUpdate.of(assigned, report, RELEASES).orElseThrow().json();
    }

    private static AssignedBundles assigned(Set<RunningBundle> bundles, RunningBundle slot) {
        return new AssignedBundles(7, bundles, Set.of(slot));
    }

    private static Optional<DeviceReport> running(RunningBundle slot, RunningBundle... bundles) {
        return Optional.of(new DeviceReport(
                1,
                Instant.EPOCH,
                "",
                1,
                true,
                6,
                6,
                List.of(bundles),
                List.of(slot),
                List.of(),
                Optional.empty(),
                DeviceReport.Noted.NOTHING));
    }

    private static RunningBundle bundle(String name, String version, String digit) {
        return new RunningBundle(name, version, digit.repeat(64));
    }

    private static Release release(RunningBundle bundle, Release.Kind kind, String swap, String words) {
        return new Release(
                bundle.symbolicName(),
                bundle.version(),
                kind,
                1,
                0,
                swap,
                1,
                bundle.sha256(),
                List.of(),
                Optional.of(new Remedy(words, "扉")));
    }
}
