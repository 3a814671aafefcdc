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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

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
        assertThat(Observation.of(gateway(), report(refused("INSTALL_BY_HAND"), 0), Locale.ENGLISH))
                .extracting(Fact::kind)
                .containsExactly(Kind.WAITS_FOR_PERSON);
        assertThat(Observation.of(gateway(), report(refused("OUTSIDE_WINDOW"), 0), Locale.ENGLISH))
                .isEmpty();
        assertThat(Observation.of(gateway(), report(Optional.empty(), 0), Locale.ENGLISH))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatWaitsIsToldIfItWaitsForAPerson(Waiting waiting) {
        assertThat(Observation.of(gateway(), report(refused(waiting.name()), 0), Locale.ENGLISH))
                .hasSize(waiting.forPerson() ? 1 : 0);
    }

    /** Each says for whom it waits, and leads to a button or menu by the name that the pages have. */
    @ParameterizedTest
    @MethodSource("codes")
    void whatWaitsIsToldWithWhatThereIsToDo(String code) {
        String english = told(refused(code), Locale.ENGLISH);
        String japanese = told(refused(code), Locale.JAPANESE);

        assertThat(english)
                .startsWith("Assignment 7 waits (" + code + "). For ")
                .containsAnyOf("those who approve", "somebody on site", "an operator")
                .containsAnyOf("\"Install now\"", "\"Approvals\"", "\"Settings\"", "\"Rollouts\"")
                .doesNotContain("{", "''");
        assertThat(japanese)
                .startsWith("割り当て 7 が待っています（" + code + "）。")
                .containsAnyOf("承認者へ", "担当者へ")
                .containsAnyOf("「今すぐ導入」", "「承認」", "「設定」", "「配信」")
                .doesNotContain("{", "''");
    }

    @Test
    void theNamesOfWhatIsPressedAreThoseOfThePages() throws IOException {
        for (Locale language : List.of(Locale.ENGLISH, Locale.JAPANESE)) {
            String pages = texts("pages", language) + texts("local.pages", language);
            for (String code : codes().toList()) {
                Matcher names = NAMED.matcher(told(refused(code), language));
                while (names.find()) {
                    String name = names.group(1) == null ? names.group(2) : names.group(1);
                    if (!name.startsWith("sekimori ")) {
                        assertThat(pages).as(code).contains(": \"" + name + "\"");
                    }
                }
            }
        }
    }

    /** What a gateway says may be as long as it likes: it takes nothing from what there is to do, and is marked as its words. */
    @Test
    void aGatewaysWordsComeLastAndAsItsOwn() {
        Transition longWinded = new Transition(
                "t",
                1,
                2,
                7,
                Outcome.REFUSED,
                "INSTALL_BY_HAND",
                "{0} x".repeat(1_000),
                "console",
                NOON,
                Optional.empty());

        assertThat(told(Optional.of(longWinded), Locale.ENGLISH))
                .hasSize(2_000)
                .contains("\"Install now\"", "The gateway says: {0} x{0} x");
        assertThat(told(Optional.of(longWinded), Locale.JAPANESE)).contains("「今すぐ導入」", "ゲートウェイの説明: {0} x");
    }

    private static final Pattern NAMED = Pattern.compile("\"([^\"]+)\"|「([^」]+)」");

    private static Stream<String> codes() {
        return Stream.concat(
                Arrays.stream(Waiting.values()).filter(Waiting::forPerson).map(Waiting::name),
                Observation.BY_ITS_RULES.stream().sorted());
    }

    private static String told(Optional<Transition> waiting, Locale language) {
        return Observation.of(gateway(), report(waiting, 0), language).get(0).detail();
    }

    private static String texts(String bundle, Locale language) throws IOException {
        Path resources = Path.of("..", bundle, "src/main/resources/io/sekimori", bundle.replace('.', '/'));
        return Files.readString(resources.resolve("web/texts/" + language.getLanguage() + ".json"));
    }

    @Test
    void eachAttackIsTold() {
        List<Fact> first = Observation.of(gateway(), report(Optional.empty(), 1), Locale.ENGLISH);
        List<Fact> second = Observation.of(gateway(), report(Optional.empty(), 2), Locale.ENGLISH);

        assertThat(first).extracting(Fact::kind).containsExactly(Kind.ATTACK_REPORTED);
        assertThat(second.get(0).key()).isNotEqualTo(first.get(0).key());
        assertThat(Observation.of(gateway(), report(Optional.empty(), 1), Locale.ENGLISH))
                .isEqualTo(first);
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
