package io.sekimori.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.connection.Link;
import io.sekimori.identity.Enrolled;
import io.sekimori.identity.Identity;
import io.sekimori.status.BundleStatus;
import io.sekimori.status.Finding;
import io.sekimori.status.HealthStatus;
import io.sekimori.status.Measure;
import io.sekimori.status.Moment;
import io.sekimori.status.Status;
import java.net.URL;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class FactsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");

    private static final Link.Status AWAY = new Link.Status(
            Link.State.WAITING, NOW, "broker.example: unreachable", Optional.of(NOW.plusSeconds(60)), 3);

    @Test
    void nothingAmissIsGreen() {
        Map<String, Object> json =
                facts(status(List.of(), List.of()), Optional.empty(), Optional.empty(), Locale.ENGLISH);

        assertThat(json).containsEntry("light", "GREEN").containsEntry("generation", 42L);
        assertThat(json.get("reasons")).isEqualTo(List.of());
        assertThat(json).doesNotContainKeys("gateway", "connection", "model");
    }

    @Test
    void untilWhenThereAreUpdatesIsShownAndTheirEndIsNoHarmOfToday() {
        List<Finding> findings = List.of(new Finding("SUPPORT_ENDED", NOW.toString(), NOW));
        Status ended = new Status(
                NOW, 42, List.of(), List.of(), Map.of(), List.of(), findings, Map.of(Moment.SUPPORT_ENDS, NOW));

        Map<String, Object> json = facts(ended, Optional.empty(), Optional.empty(), Locale.ENGLISH);

        assertThat(json).containsEntry("supportEnds", NOW.toString()).containsEntry("light", "AMBER");
    }

    @Test
    void theMostHarmfulReasonStandsFirst() {
        List<Finding> findings = List.of(
                new Finding("METADATA_EXPIRED", "timestamp", NOW),
                new Finding("CERTIFICATE_ENDED", "gateway", NOW),
                new Finding("SOMETHING_NEW", "not known to this version", NOW.minusSeconds(9)),
                new Finding("FILE_DIFFERS", "io.sekimori.kura", NOW));

        Map<String, Object> json =
                facts(status(findings, List.of()), Optional.of(AWAY), Optional.of(new Nobody()), Locale.ENGLISH);

        assertThat(json).containsEntry("light", "RED");
        assertThat(reasons(json))
                .extracting(reason -> reason.get("code") + " " + reason.get("light"))
                .containsExactly(
                        "FILE_DIFFERS RED",
                        "SOMETHING_NEW RED",
                        "CERTIFICATE_ENDED RED",
                        "CONSOLE_NOT_REACHED RED",
                        "METADATA_EXPIRED AMBER",
                        "GATEWAY_NOT_ENROLLED AMBER");
    }

    @Test
    void aWarningAloneIsAmber() {
        List<HealthStatus> health = List.of(
                new HealthStatus("keys", "OK", "fine"),
                new HealthStatus("disk", "WARN", "nearly full"),
                new HealthStatus("audit", "CRITICAL", "full"));

        Map<String, Object> json = facts(status(List.of(), health), Optional.empty(), Optional.empty(), Locale.ENGLISH);

        assertThat(json).containsEntry("light", "AMBER");
        assertThat(reasons(json)).extracting(reason -> reason.get("detail")).containsExactly("disk: nearly full");
        assertThat(json.get("health").toString()).matches(".*audit.*disk.*keys.*");
    }

    @Test
    void adviceComesInTheLanguageOfWhoAsksElseInEnglish() {
        Status status = status(List.of(new Finding("SOMETHING_NEW", "x", NOW)), List.of());

        Map<String, Object> japanese = facts(status, Optional.of(AWAY), Optional.empty(), Locale.JAPANESE);

        assertThat(reasons(japanese).get(0)).doesNotContainKey("advice");
        assertThat(reasons(japanese).get(1).get("advice").toString()).contains("コンソール");
        assertThat(reasons(facts(status, Optional.of(AWAY), Optional.empty(), Locale.FRENCH))
                        .get(1)
                        .get("advice")
                        .toString())
                .contains("console");
    }

    private static Map<String, Object> facts(
            Status status, Optional<Link.Status> link, Optional<Identity> identity, Locale language) {
        List<URL> own = List.of(
                FactsTest.class.getResource("refusals.properties"),
                FactsTest.class.getResource("refusals_ja.properties"));
        Advice advice = new Advice(() -> List.of(new Advice.Place("1", () -> own)));
        return new Facts(status, identity, link, advice, language).json();
    }

    private static Status status(List<Finding> findings, List<HealthStatus> health) {
        BundleStatus bundle = new BundleStatus(
                "io.sekimori.kura", "0.1.0", "a".repeat(64), BundleStatus.Verdict.VOUCHED, "", "ACTIVE");
        return new Status(NOW, 42, List.of(bundle), health, Map.of(Measure.UPTIME_SECONDS, 1L), List.of(), findings);
    }

    @SuppressWarnings("unchecked") // what the facts make
    private static List<Map<String, Object>> reasons(Map<String, Object> json) {
        return (List<Map<String, Object>>) json.get("reasons");
    }

    /** A gateway that no console knows. */
    private static final class Nobody implements Identity {

        @Override
        public String model() {
            return "SG-200";
        }

        @Override
        public String serial() {
            return "0001";
        }

        @Override
        public Optional<Enrolled> enrolled() {
            return Optional.empty();
        }

        @Override
        public Optional<SSLContext> tls() {
            return Optional.empty();
        }
    }
}
