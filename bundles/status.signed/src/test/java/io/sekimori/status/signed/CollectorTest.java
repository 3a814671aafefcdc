package io.sekimori.status.signed;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.generation.Nameplate;
import io.sekimori.generation.Unit;
import io.sekimori.status.CertificateEnd;
import io.sekimori.status.Finding;
import io.sekimori.status.HealthStatus;
import io.sekimori.status.Moment;
import io.sekimori.status.Status;
import io.sekimori.status.StatusSource;
import io.sekimori.status.StatusSource.Contribution;
import java.io.IOException;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectorTest {

    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    @TempDir
    Path folder;

    private final List<StatusSource> sources = new ArrayList<>();
    private List<HealthStatus> health = List.of();

    @Test
    void aUnitWithoutAGenerationIsNotSilent() {
        assertThat(codes(NOON)).contains("GENERATION_MISSING");
    }

    @Test
    void aRedCheckIsAFindingAndAWarningIsNot() {
        health = List.of(new HealthStatus("keys", "CRITICAL", "gone"), new HealthStatus("link", "WARN", "offline"));

        assertThat(look(NOON).findings())
                .extracting(Finding::detail)
                .contains("keys CRITICAL")
                .doesNotContain("link WARN");
        assertThat(codes(NOON)).contains("HEALTH_RED");
    }

    @Test
    void aCertificateIsNamedBeforeItEndsAndAfter() {
        sources.add(() -> new Contribution(List.of(), List.of(new CertificateEnd("device", NOON))));

        assertThat(codes(NOON.minus(Duration.ofDays(31)))).doesNotContain("CERTIFICATE_ENDS_SOON");
        assertThat(codes(NOON.minus(Duration.ofDays(29)))).contains("CERTIFICATE_ENDS_SOON");
        assertThat(codes(NOON)).contains("CERTIFICATE_ENDED");
    }

    @Test
    void aSourceThatFailsIsAFindingAndTheOthersCount() {
        sources.add(() -> {
            throw new IllegalStateException("broken");
        });
        sources.add(() -> new Contribution(List.of(new Finding("PORT_FOREIGN", "tcp 22", NOON)), List.of()));

        assertThat(codes(NOON)).contains("SOURCE_FAILED", "PORT_FOREIGN");
    }

    @Test
    void theEndOfUpdatesIsShownAndNamedBeforeItComes() throws IOException {
        Path targets = new Unit(folder).evidence(1).resolve("release/targets.json");
        Files.createDirectories(targets.getParent());
        Files.writeString(targets, "{\"signed\":{\"support\":{\"*\":\"2026-11-01T12:00:00Z\"}}}");
        Files.createDirectories(new Unit(folder).nameplate().getParent());
        Files.write(new Unit(folder).nameplate(), new Nameplate("sg-1", "1").bytes());

        assertThat(look(NOON.minus(Duration.ofDays(91))).moments()).containsEntry(Moment.SUPPORT_ENDS, NOON);
        assertThat(codes(NOON.minus(Duration.ofDays(91)))).doesNotContain("SUPPORT_ENDS_SOON");
        assertThat(codes(NOON.minus(Duration.ofDays(89)))).contains("SUPPORT_ENDS_SOON");
        assertThat(codes(NOON)).contains("SUPPORT_ENDED").doesNotContain("SUPPORT_ENDS_SOON");

        Files.writeString(targets, "{");
        assertThat(look(NOON).moments()).isEmpty();
    }

    @Test
    void whatAnotherBundleDatesIsShown() {
        sources.add(() -> new Contribution(List.of(), List.of(), Map.of(Moment.UPDATES_ASKED, NOON)));

        assertThat(StatusJson.members(look(NOON))).containsEntry("moments", Map.of("updatesAsked", NOON.toString()));
    }

    @Test
    void stateThatCannotBeReadIsSaid() throws IOException {
        Files.createDirectories(folder.resolve("state"));
        Files.writeString(folder.resolve("state/start.json"), "{");

        assertThat(codes(NOON)).contains("STATE_UNREADABLE");
    }

    @Test
    void aFindingKeepsItsTimeThroughASwap() {
        health = List.of(new HealthStatus("keys", "CRITICAL", ""));
        look(NOON);

        assertThat(look(NOON.plusSeconds(60)).findings())
                .filteredOn(one -> one.code().equals("HEALTH_RED"))
                .extracting(Finding::since)
                .containsExactly(NOON);
        health = List.of();
        look(NOON.plusSeconds(61));
        health = List.of(new HealthStatus("keys", "CRITICAL", ""));
        assertThat(look(NOON.plusSeconds(62)).findings())
                .filteredOn(one -> one.code().equals("HEALTH_RED"))
                .extracting(Finding::since)
                .containsExactly(NOON.plusSeconds(62));
    }

    private List<String> codes(Instant now) {
        return look(now).findings().stream().map(Finding::code).toList();
    }

    /** Each look by a version of its own, as after a swap. */
    private Status look(Instant now) {
        Collector.Parts parts = new Collector.Parts(
                () -> 1, List::of, () -> health, Map::of, () -> List.copyOf(sources), Optional::empty);
        return new Collector(
                        new Unit(folder),
                        parts,
                        new Findings(folder.resolve("data/findings.json")),
                        Clock.fixed(now, ZoneOffset.UTC))
                .look(true);
    }
}
