package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.update.DeferAnswer;
import io.sekimori.update.Origin;
import io.sekimori.update.Reason;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may update and when, on clocks that go, jump and stand. 2026-11-22 is a Sunday. */
class ConsentTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration DAY = Duration.ofHours(24);
    private static final Origin CONSOLE = new Origin("console", "console");
    private static final Origin PERSON = new Origin("tester", "page");

    @TempDir
    private Path work;

    private Path file;
    private Deferral deferral;

    @BeforeEach
    void prepare() {
        file = work.resolve("data").resolve("deferral.json");
        deferral = new Deferral(file);
    }

    @Test
    void aWindowIsSaidBeforehandWithWhenItOpens() {
        Consent consent = consent("MON 02:00-04:00");

        assertThat(consent.hindrance(CONSOLE, NOON))
                .contains(new Reason("OUTSIDE_WINDOW", "the next window opens at 2026-11-23T02:00:00Z, UTC"));
        assertThat(consent.hindrance(CONSOLE, Instant.parse("2026-11-23T02:00:00Z")))
                .isEmpty();
        assertThat(consent.hindrance(PERSON, NOON)).isEmpty();
    }

    /** What is put off into a time without a window begins with the window after that. */
    @Test
    void whenItMayBeginByItselfIsSaidAsLongAsOnlyTimeHinders() {
        Consent consent = consent("MON 02:00-04:00");
        assertThat(begins(consent, CONSOLE, NOON)).contains(Instant.parse("2026-11-23T02:00:00Z"));

        put(15, NOON);
        assertThat(begins(consent, CONSOLE, NOON)).contains(Instant.parse("2026-11-23T03:00:00Z"));
        put(17, NOON);
        assertThat(begins(consent, CONSOLE, NOON)).contains(Instant.parse("2026-11-30T02:00:00Z"));
        assertThat(begins(consent(), CONSOLE, NOON)).contains(NOON.plus(Duration.ofHours(17)));

        assertThat(begins(consent, PERSON, NOON)).isEmpty();
        assertThat(begins(consent(), CONSOLE, NOON.plus(DAY))).isEmpty();
        Policy byHand = Policy.of(config(Map.of("install_automatic", false)));
        assertThat(begins(new Consent(byHand::consent, deferral), CONSOLE, NOON))
                .isEmpty();
    }

    @Test
    void aClockBehindTheAssignmentOpensNoWindow() {
        Consent consent = consent("* 12:00-13:00");

        assertThatThrownBy(() -> consent.demandNow(CONSOLE, NOON.plus(Duration.ofMinutes(11)), NOON))
                .hasMessageContaining("CLOCK_WRONG");
        assertThatCode(() -> consent.demandNow(CONSOLE, NOON.plus(Duration.ofMinutes(9)), NOON))
                .doesNotThrowAnyException();
        assertThatCode(() -> consent.demandNow(PERSON, NOON.plus(DAY), NOON)).doesNotThrowAnyException();
    }

    @Test
    void whereThereIsNoWindowTheClockDoesNotMatter() {
        assertThatCode(() -> consent().demandNow(CONSOLE, NOON.plus(DAY), NOON)).doesNotThrowAnyException();
    }

    @Test
    void whatIsPutOffEndsByItself() {
        put(2, NOON);

        assertThat(consent().hindrance(CONSOLE, NOON)).isPresent();
        assertThat(consent().hindrance(CONSOLE, NOON.plus(Duration.ofHours(2)))).isEmpty();
    }

    @Test
    void nobodyPutsItOffForEverByAndBy() {
        put(12, NOON);
        Instant later = NOON.plus(Duration.ofHours(20));

        assertThat(deferral.put(Duration.ofHours(4), DAY, later)).isInstanceOf(DeferAnswer.Deferred.class);
        assertThat(deferral.put(Duration.ofHours(5), DAY, later)).isInstanceOf(DeferAnswer.Refused.class);
        assertThat(deferral.put(Duration.ofHours(1), DAY, NOON.plus(Duration.ofDays(30))))
                .isInstanceOf(DeferAnswer.Refused.class);
    }

    @Test
    void afterAConfirmationItMayBePutOffAnew() throws Exception {
        put(24, NOON);

        deferral.forget();

        assertThat(deferral.until(NOON)).isEmpty();
        assertThat(deferral.put(DAY, DAY, NOON.plus(DAY))).isInstanceOf(DeferAnswer.Deferred.class);
    }

    @Test
    void aClockThatWasSetBackEndsIt() {
        put(2, NOON);

        assertThat(deferral.until(NOON.minusSeconds(1))).isEmpty();
    }

    @Test
    void itOutlivesTheProcessAndATornFilePutsNothingOff() throws Exception {
        put(2, NOON);
        assertThat(new Deferral(file).until(NOON)).contains(NOON.plus(Duration.ofHours(2)));

        Files.writeString(file, "{\"since\"");

        assertThat(new Deferral(file).until(NOON)).isEmpty();
    }

    @Test
    void aDiskThatRefusesIsSaidSo() throws Exception {
        Files.writeString(work.resolve("data"), "in the way");

        assertThat(deferral.put(Duration.ofHours(1), DAY, NOON))
                .isInstanceOfSatisfying(
                        DeferAnswer.Refused.class,
                        refused -> assertThat(refused.reason().code()).isEqualTo("JOURNAL_UNWRITABLE"));
    }

    @Test
    void aPolicyThatCannotBeReadAtTheStartLeavesItToPeopleOnSite() {
        Policy.Config wrong = config(Map.of("windows", new String[] {"at night"}));
        assertThatIllegalArgumentException().isThrownBy(() -> Policy.of(wrong));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Policy.of(config(Map.of("update_by", new String[] {"nobody"}))));

        Consent consent = new Consent(() -> Policy.byHand(wrong).consent(), deferral);

        assertThat(consent.stranger(CONSOLE))
                .hasValueSatisfying(reason -> assertThat(reason.code()).isEqualTo("ORIGIN_NOT_ALLOWED"));
        assertThat(consent.stranger(PERSON)).isEmpty();
        assertThat(consent.hindrance(PERSON, NOON)).isEmpty();
    }

    @Test
    void withoutAConfigurationEverybodyMayAtAnyTime() {
        Consent consent = new Consent(() -> Policy.of(config(Map.of())).consent(), deferral);

        assertThat(consent.hindrance(CONSOLE, NOON)).isEmpty();
        assertThat(consent.hindrance(PERSON, NOON)).isEmpty();
        assertThat(consent.stranger(CONSOLE)).isEmpty();
    }

    private static Optional<Instant> begins(Consent consent, Origin origin, Instant now) {
        return consent.hindrance(origin, now).flatMap(reason -> consent.ends(reason, now));
    }

    private void put(int hours, Instant now) {
        assertThat(deferral.put(Duration.ofHours(hours), DAY, now)).isInstanceOf(DeferAnswer.Deferred.class);
    }

    private Consent consent(String... windows) {
        Set<String> all = Set.of(Consent.CONSOLE, Consent.SITE);
        Consent.Rules rules = new Consent.Rules(all, all, true, true, Windows.of(List.of(windows), "UTC"), DAY);
        return new Consent(() -> rules, deferral);
    }

    /** The defaults, with other values. */
    private static Policy.Config config(Map<String, Object> values) {
        return (Policy.Config) Proxy.newProxyInstance(
                ConsentTest.class.getClassLoader(),
                new Class<?>[] {Policy.Config.class},
                (proxy, method, arguments) -> values.getOrDefault(method.getName(), method.getDefaultValue()));
    }
}
