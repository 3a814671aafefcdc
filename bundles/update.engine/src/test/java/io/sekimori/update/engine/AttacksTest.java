package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.update.Origin;
import io.sekimori.update.Outcome;
import io.sekimori.update.Reason;
import io.sekimori.update.TransitionReport;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.log.Logger;

/** What a unit says of those who tried. */
class AttacksTest {

    private static final Logger LOG = (Logger) Proxy.newProxyInstance(
            AttacksTest.class.getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> null);
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void whatWasForgedIsToldWhoeverBroughtIt() {
        assertThat(seen(refused("TARGETS_SIGNATURES", "local", 1)))
                .containsExactly("ATTACK TARGETS_SIGNATURES by local, seen 1, last 2026-11-22T11:00:00Z");
    }

    @Test
    void whatIsOldIsToldOnlyOfAConsole() {
        assertThat(seen(refused("ASSIGNMENT_ROLLBACK", "page", 1))).isEmpty();
        assertThat(seen(refused("ASSIGNMENT_ROLLBACK", "console", 1))).hasSize(1);
    }

    @Test
    void triesOfOneKindAreOneLine() {
        assertThat(seen(refused("BELOW_FLOOR", "console", 1), refused("BELOW_FLOOR", "console", 2)))
                .containsExactly("ATTACK BELOW_FLOOR by console, seen 2, last 2026-11-22T11:00:00Z");
    }

    @Test
    void aPublisherThatHasYetToSignWithItsNewKeysIsNone() {
        assertThat(seen(refused("DELEGATED_SIGNATURES", "console", 1))).isEmpty();
    }

    @Test
    void whatAFloorRoseAboveOnItsWayIsNone() {
        assertThat(seen(refused("FLOOR_RISEN", "console", 1))).isEmpty();
    }

    @Test
    void faultsAndOldTriesAreNone() {
        assertThat(seen(
                        refused("DOWNLOAD_FAILED", "console", 1),
                        refused("TARGETS_SIGNATURES", "console", 7 * 24),
                        ended(new Outcome.Reverted(1, new Reason("UNHEALTHY", "")), "console", 1),
                        ended(new Outcome.Confirmed(2), "console", 1)))
                .isEmpty();
    }

    @Test
    void eachIsCountedOnceForAsLongAsTheUnitLives(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("data").resolve("attacks.json");
        List<TransitionReport> recent = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            recent.add(0, named("t" + i, i % 2 == 0 ? "BELOW_FLOOR" : "DOWNLOAD_FAILED"));
            recent = new ArrayList<>(recent.subList(0, Math.min(20, recent.size()))); // as many reports are kept
            new AttackCount(file, LOG).with(recent);
        }

        assertThat(new AttackCount(file, LOG).with(recent)).isEqualTo(25);
        assertThat(new AttackCount(file, LOG).with(List.of())).isEqualTo(25);
        assertThat(new AttackCount(file, LOG).with(recent))
                .as("reports that could not be read for a moment")
                .isEqualTo(25);
        assertThat(new AttackCount(file, LOG).keeps(recent)).isTrue();

        Files.writeString(file, "{\"total\"");
        assertThat(new AttackCount(file, LOG).with(recent))
                .as("those that are still kept")
                .isEqualTo(10);
    }

    @Test
    void aCountThatCannotBeKeptIsStillTold(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("data"), "in the way").resolve("attacks.json");

        assertThat(new AttackCount(file, LOG).with(List.of(named("t", "BELOW_FLOOR"))))
                .isEqualTo(1);
    }

    @Test
    void aCountThatTheDiskDoesNotGiveForAMomentIsNeitherForgottenNorWrittenOver(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("attacks.json");
        AttackCount count = new AttackCount(file, LOG);
        List<TransitionReport> three =
                List.of(named("t1", "BELOW_FLOOR"), named("t2", "BELOW_FLOOR"), named("t3", "BELOW_FLOOR"));
        assertThat(count.with(three)).isEqualTo(3);
        Path away = Files.move(file, folder.resolve("away"));
        Files.createDirectory(file);

        List<TransitionReport> more = List.of(named("t3", "BELOW_FLOOR"), named("t4", "BELOW_FLOOR"));
        assertThat(count.with(more)).isEqualTo(4);
        assertThat(count.keeps(more)).as("their reports may not go").isFalse();

        Files.delete(file);
        Files.move(away, file);
        assertThat(count.with(more)).isEqualTo(4);
        assertThat(new AttackCount(file, LOG).with(List.of())).isEqualTo(4);
    }

    /** As long as that a report that cannot be read for a moment does not count twice. */
    @Test
    void theNewestTwoHundredAreKnownAgain(@TempDir Path folder) {
        Path file = folder.resolve("attacks.json");
        List<TransitionReport> many = new ArrayList<>();
        for (int i = 1_000; i < 1_200; i++) {
            many.add(named("t" + i, "BELOW_FLOOR"));
        }

        assertThat(new AttackCount(file, LOG).with(many)).isEqualTo(200);
        assertThat(again(file, "t1200")).as("and the oldest is forgotten").isEqualTo(201);
        assertThat(again(file, "t1001")).isEqualTo(201);
        assertThat(again(file, "t1000")).isEqualTo(202);
    }

    @Test
    void whatIsShownIsNeverForgotten(@TempDir Path folder) {
        Path file = folder.resolve("attacks.json");
        List<TransitionReport> many = new ArrayList<>();
        for (int i = 1_000; i < 1_250; i++) {
            many.add(named("t" + i, "BELOW_FLOOR"));
        }

        assertThat(new AttackCount(file, LOG).with(many)).isEqualTo(250);
        assertThat(new AttackCount(file, LOG).with(many)).isEqualTo(250);
    }

    private static long again(Path file, String id) {
        return new AttackCount(file, LOG).with(List.of(named(id, "BELOW_FLOOR")));
    }

    @Test
    void whatIsNotCountedForGoodKeepsItsReport(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("data"), "in the way").resolve("attacks.json");

        assertThat(new AttackCount(file, LOG).keeps(List.of(named("t", "BELOW_FLOOR"))))
                .isFalse();
        assertThat(new AttackCount(file, LOG).keeps(List.of(named("t", "DOWNLOAD_FAILED"))))
                .isTrue();
    }

    static TransitionReport named(String id, String code) {
        Outcome outcome = new Outcome.Refused(1, new Reason(code, ""));
        return new TransitionReport(
                id, 1, 2, 7, new Origin("console", "console"), NOW, NOW, outcome, Optional.empty(), List.of());
    }

    private static List<String> seen(TransitionReport... recent) {
        return Attacks.seen(List.of(recent), NOW);
    }

    private static TransitionReport refused(String code, String channel, int hoursAgo) {
        return ended(new Outcome.Refused(1, new Reason(code, "")), channel, hoursAgo);
    }

    private static TransitionReport ended(Outcome outcome, String channel, int hoursAgo) {
        Instant when = NOW.minus(Duration.ofHours(hoursAgo));
        return new TransitionReport(
                "t", 1, 2, 7, new Origin("somebody", channel), when, when, outcome, Optional.empty(), List.of());
    }
}
