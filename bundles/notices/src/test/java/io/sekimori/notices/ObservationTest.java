package io.sekimori.notices;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.fleet.DeviceReport;
import io.sekimori.fleet.DeviceReport.Noted;
import io.sekimori.fleet.DeviceReport.Outcome;
import io.sekimori.fleet.DeviceReport.Transition;
import io.sekimori.fleet.Gateway;
import io.sekimori.fleet.Life;
import io.sekimori.releases.Release;
import io.sekimori.releases.Remedy;
import io.sekimori.releases.RepositoryState;
import io.sekimori.rollouts.BundleChange;
import io.sekimori.rollouts.Counts;
import io.sekimori.rollouts.Limits;
import io.sekimori.rollouts.Rollout;
import io.sekimori.rollouts.RolloutState;
import io.sekimori.update.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ObservationTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void aRolloutThatBeganIsAnUpdateAndOneThatStandsStillIsSaidSo() {
        assertThat(Observation.of(rollout(RolloutState.RUNNING, NOON), NOON))
                .extracting(Fact::kind)
                .containsExactly(Kind.UPDATE_AVAILABLE);
        assertThat(Observation.of(rollout(RolloutState.HALTED, NOON), NOON))
                .extracting(Fact::kind)
                .containsExactly(Kind.UPDATE_AVAILABLE, Kind.ROLLOUT_STOPPED);
        assertThat(Observation.of(rollout(RolloutState.HALTED, NOON), NOON.plusSeconds(1)))
                .extracting(Fact::detail)
                .containsExactly("HALTED LIMIT_FAILED");
        assertThat(Observation.of(rollout(RolloutState.STOPPED, NOON), NOON.plusSeconds(1)))
                .isEmpty();
    }

    @Test
    void anUpdateSaysWhatItRemovesAndWhatItInterrupts() {
        Foretelling english = new Foretelling(RELEASES, Locale.ENGLISH);
        Rollout rollout = rollout(RolloutState.RUNNING, NOON);

        assertThat(Observation.available(rollout, english).key())
                .as("told once, whatever was known of it then")
                .isEqualTo(Observation.of(rollout, NOON).get(0).key());
        assertThat(english.of(List.of(to("org.example.app", "2.0.0"), to("org.example.bus", "2.0.0"))))
                .isEqualTo("For a moment away, while they are replaced: org.example.bus."
                        + " It removes these risks: Anybody could open the door.");
        assertThat(new Foretelling(RELEASES, Locale.JAPANESE).of(List.of(to("org.example.app", "2.0.0"))))
                .isEqualTo("中断はありません。 取り除かれるリスク: 誰でも扉を開けられました。");
        assertThat(english.of(List.of(to("org.example.app", "2.0.0"), to("org.example.scr", "1.0.0"))))
                .startsWith("The gateway restarts its process");
        assertThat(english.of(List.of(to("org.example.gone", "1.0.0"), new BundleChange("a", Optional.empty()))))
                .isEqualTo("Nothing is interrupted.");
    }

    private static final List<Release> RELEASES = List.of(
            release("org.example.app", "2.0.0", "overlap", "Anybody could open the door.", "誰でも扉を開けられました。"),
            release("org.example.bus", "2.0.0", "replace", "Anybody could open the door.", "誰でも扉を開けられました。"),
            release("org.example.scr", "1.0.0", "restart", "A hole.", ""));

    private static Release release(String name, String version, String swap, String english, String japanese) {
        return new Release(
                name,
                version,
                Release.Kind.BUNDLE,
                2,
                0,
                swap,
                1,
                "a".repeat(64),
                List.of(),
                Optional.of(new Remedy(english, japanese)));
    }

    private static BundleChange to(String name, String version) {
        return new BundleChange(name, Optional.of(version));
    }

    @Test
    void aGatewayThatWaitsForAPersonIsTold() {
        assertThat(Observation.of(gateway(), report(refused("INSTALL_BY_HAND"), 0)))
                .extracting(Fact::kind)
                .containsExactly(Kind.WAITS_FOR_PERSON);
        assertThat(Observation.of(gateway(), report(refused("OUTSIDE_WINDOW"), 0)))
                .isEmpty();
        assertThat(Observation.of(gateway(), report(Optional.empty(), 0))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatWaitsIsToldIfItWaitsForAPerson(Waiting waiting) {
        assertThat(Observation.of(gateway(), report(refused(waiting.name()), 0)))
                .hasSize(waiting.forPerson() ? 1 : 0);
    }

    @Test
    void eachAttackIsTold() {
        List<Fact> first = Observation.of(gateway(), report(Optional.empty(), 1));
        List<Fact> second = Observation.of(gateway(), report(Optional.empty(), 2));

        assertThat(first).extracting(Fact::kind).containsExactly(Kind.ATTACK_REPORTED);
        assertThat(second.get(0).key()).isNotEqualTo(first.get(0).key());
        assertThat(Observation.of(gateway(), report(Optional.empty(), 1))).isEqualTo(first);
    }

    @Test
    void whatPeopleHaveToSignIsToldInTime() {
        RepositoryState state = new RepositoryState(
                Map.of(
                        "root", new RepositoryState.Signed(3, NOON.plus(Duration.ofDays(15))),
                        "targets", new RepositoryState.Signed(7, NOON.plus(Duration.ofDays(14))),
                        "timestamp", new RepositoryState.Signed(9, NOON)),
                List.of(new RepositoryState.Publisher(
                        "meters",
                        List.of(),
                        List.of(),
                        1,
                        Optional.of(new RepositoryState.Signed(2, NOON.plus(Duration.ofDays(1)))))));

        assertThat(Observation.of(state, Duration.ofDays(14), NOON))
                .extracting(Fact::subject)
                .containsExactlyInAnyOrder("targets", "publisher meters");
    }

    @Test
    void aNameEndsNoLine() {
        Fact fact = new Fact(Kind.ATTACK_REPORTED, "k", "a\r\nb\u202ec\u0000", "x".repeat(1_999) + "😀");

        assertThat(fact.subject()).isEqualTo("a??b?c?");
        assertThat(fact.detail()).hasSize(1_999).endsWith("x");
    }

    private static Gateway gateway() {
        return new Gateway(
                "g-aaaaaaaaaaaa",
                "SN-1",
                "M-1",
                Life.ACTIVATED,
                Optional.of("a".repeat(64)),
                Set.of(),
                Gateway.Contact.NONE,
                Optional.empty(),
                Optional.empty(),
                0,
                NOON,
                1);
    }

    static Rollout rollout(RolloutState state, Instant created) {
        return new Rollout(
                "r-aaaaaaaaaaaa",
                "spring",
                state,
                state == RolloutState.HALTED ? "LIMIT_FAILED" : "",
                List.of(new BundleChange("org.example.a", Optional.of("1.0.0"))),
                Optional.empty(),
                Limits.STRICT,
                true,
                Duration.ofHours(1),
                1,
                List.of(Counts.NONE),
                Optional.empty(),
                "person:hana",
                created,
                4);
    }

    private static Optional<Transition> refused(String code) {
        return Optional.of(new Transition("t", 1, 2, 7, Outcome.REFUSED, code, "", "console", NOON, Optional.empty()));
    }

    private static DeviceReport report(Optional<Transition> last, long attacks) {
        Noted noted = new Noted(attacks, List.of());
        return new DeviceReport(1, NOON, "", 1, true, 7, 7, List.of(), List.of(), List.of(), last, noted);
    }
}
