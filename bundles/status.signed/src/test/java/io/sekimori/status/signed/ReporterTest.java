package io.sekimori.status.signed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.keys.Keys;
import io.sekimori.status.BundleStatus;
import io.sekimori.status.BundleStatus.Verdict;
import io.sekimori.status.CertificateEnd;
import io.sekimori.status.Finding;
import io.sekimori.status.HealthStatus;
import io.sekimori.status.Measure;
import io.sekimori.status.Status;
import io.sekimori.status.StatusException;
import io.sekimori.status.StatusListener;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.Sequence;
import io.sekimori.trust.SignedStatement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReporterTest {

    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final Settings SETTINGS = new Settings(Duration.ofSeconds(60), Duration.ofMinutes(15));

    @TempDir
    Path folder;

    private Keys keys;
    private final List<byte[]> heard = new ArrayList<>();
    private final List<Boolean> whole = new ArrayList<>();
    private final List<StatusListener> listeners = new ArrayList<>();
    private Status status = status(10, List.of());
    private Reporter reporter;

    @BeforeEach
    void aReporter() throws Exception {
        keys = new FakeKeys(true);
        listeners.add(heard::add);
        reporter = new Reporter(
                all -> {
                    whole.add(all);
                    return status;
                },
                signing(),
                () -> listeners,
                () -> SETTINGS,
                new SilentLog().logger());
    }

    @Test
    void whatDoesNotChangeIsReportedInIntervalsAndLookedAtCheaplyBetween() {
        reporter.round(NOON);
        reporter.round(NOON.plusSeconds(60));
        reporter.round(NOON.plus(Duration.ofMinutes(19)));

        assertThat(heard).hasSize(2);
        assertThat(whole).containsExactly(true, false, true);
    }

    @Test
    void aChangeIsReportedAtOnceAndANumberIsNoChange() {
        reporter.round(NOON);
        status = status(90, List.of());
        reporter.round(NOON.plusSeconds(60));
        status = status(90, List.of(new Finding("FILE_DIFFERS", "org.a", NOON)));
        reporter.round(NOON.plusSeconds(120));

        assertThat(heard).hasSize(2);
    }

    @Test
    void aCertificateThatCameIsReportedAtTheNextLook() {
        reporter.round(NOON);
        status = enrolled(status);
        reporter.round(NOON.plusSeconds(60));

        assertThat(heard).hasSize(2);
    }

    private static Status enrolled(Status before) {
        return new Status(
                before.at(),
                before.generation(),
                before.bundles(),
                before.health(),
                before.resources(),
                List.of(new CertificateEnd("device", NOON), new CertificateEnd("issuer", NOON)),
                before.findings());
    }

    @Test
    void whoComesLaterHearsOfItAtTheNextLook() {
        reporter.round(NOON);
        listeners.add(heard::add);
        reporter.round(NOON.plusSeconds(60));

        assertThat(heard).hasSize(3);
    }

    @Test
    void aClockThatIsPutBackDoesNotEndTheRhythm() {
        reporter.round(NOON);
        reporter.round(NOON.minus(Duration.ofDays(365)));

        assertThat(heard).hasSize(2);
    }

    @Test
    void aListenerThatFailsDoesNotKeepTheOthersFromHearing() {
        listeners.add(0, signed -> {
            throw new IllegalStateException("foreign");
        });

        reporter.round(NOON);

        assertThat(heard).hasSize(1);
    }

    @Test
    void theSignedFormIsAsItIsDescribed() throws Exception {
        reporter.round(NOON);
        String device = keys.publicKey(Keys.DEVICE).orElseThrow().id();
        JsonObject read = SignedStatement.verified(StatusJson.TYPE, heard.get(0), device);

        assertThat(read.number("sequence")).isEqualTo(NOON.getEpochSecond());
        assertThat(read.object("resources").number("cpuPercent")).isEqualTo(10);
        assertThat(read.objects("bundles").get(0).string("verdict")).isEqualTo("vouched");
        assertThat(read.objects("certificates").get(0).string("notAfter")).isEqualTo("2026-11-01T12:00:00Z");
        assertThat(read.objects("health").get(0).string("status")).isEqualTo("OK");
    }

    @Test
    void numbersGrowWhateverTheClockSays() throws Exception {
        Sequence first = new Sequence(folder, Clock.fixed(NOON, ZoneOffset.UTC));
        long number = first.next();

        assertThat(new Sequence(folder, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)).next())
                .isEqualTo(number + 1);
    }

    @Test
    void withoutKeyOrNumberNothingIsReported() throws Exception {
        keys = new FakeKeys(false);
        reporter.round(NOON);
        assertThatThrownBy(() -> signing().sign(status, ""))
                .isInstanceOf(StatusException.class)
                .hasMessageContaining("STATUS_UNSIGNED");
        keys = new FakeKeys(true);
        Files.writeString(folder.resolve("file"), "");
        Signing unnumbered =
                new Signing(() -> Optional.of(keys), new Sequence(folder.resolve("file/x"), Clock.systemUTC()));
        assertThatThrownBy(() -> unnumbered.sign(status, "")).hasMessageContaining("STATUS_UNNUMBERED");
        assertThatIllegalArgumentException().isThrownBy(() -> signing().sign(status, "no nonce"));

        assertThat(heard).isEmpty();
    }

    private Signing signing() {
        return new Signing(
                () -> Optional.of(keys), new Sequence(folder.resolve("sequence"), Clock.fixed(NOON, ZoneOffset.UTC)));
    }

    private static Status status(long processor, List<Finding> findings) {
        return new Status(
                NOON,
                3,
                List.of(new BundleStatus("org.a", "1.0.0", "a".repeat(64), Verdict.VOUCHED, "", "ACTIVE")),
                List.of(new HealthStatus("keys", "OK", processor + " keys")),
                Map.of(Measure.CPU_PERCENT, processor),
                List.of(new CertificateEnd("device", NOON)),
                findings);
    }
}
