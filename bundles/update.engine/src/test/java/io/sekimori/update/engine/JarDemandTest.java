package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.generation.Generation;
import io.sekimori.generation.GenerationBundle;
import io.sekimori.generation.Slot;
import io.sekimori.generation.SlotFiles;
import io.sekimori.generation.Unit;
import io.sekimori.launcher.testkit.TestBundle;
import io.sekimori.trust.Kind;
import io.sekimori.trust.Release;
import io.sekimori.trust.Swap;
import io.sekimori.update.Reason;
import io.sekimori.update.UpdateCode;
import io.sekimori.update.engine.lab.Authority;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of which jars the signatures of publishers are asked for. */
class JarDemandTest {

    private static final Generation NOTHING = Generations.of(1, Generations.bundle("other", 1, Swap.OVERLAP, 1));

    @TempDir
    private Path work;

    private Unit unit;
    private Authority acme;
    private byte[] unsigned;
    private byte[] signed;

    @BeforeEach
    void aPublisherIsListed() throws Exception {
        unit = new Unit(work.resolve("unit"));
        Files.createDirectories(unit.trust());
        acme = Authority.root("Acme");
        acme.list(unit.trust().resolve("publishers.pem"));
        Path jar = TestBundle.of("lab.app", "1.0.0")
                .entry("text", "text".getBytes(StandardCharsets.US_ASCII))
                .write(work.resolve("jars"));
        unsigned = Files.readAllBytes(jar);
        signed = Files.readAllBytes(acme.sign(jar));
    }

    @Test
    void whereNobodyIsListedNothingIsAsked() throws Exception {
        Files.delete(unit.trust().resolve("publishers.pem"));

        demand(NOTHING, stored(Kind.BUNDLE, unsigned));
    }

    @Test
    void whatAListedPublisherSignedIsTakenAndNothingElse() throws Exception {
        demand(NOTHING, stored(Kind.BUNDLE, signed), stored(Kind.SLOT, signed));

        refused("JAR_UNSIGNED", NOTHING, stored(Kind.BUNDLE, unsigned));
        refused("JAR_UNSIGNED", NOTHING, stored(Kind.BUNDLE, signed), stored(Kind.SLOT, unsigned));
    }

    @Test
    void aListThatCannotBeReadRefuses() throws Exception {
        Files.writeString(unit.trust().resolve("publishers.pem"), "nobody");

        refused("PUBLISHERS_UNREADABLE", NOTHING, stored(Kind.BUNDLE, signed));
    }

    /** It was asked for when it came, perhaps of publishers that are listed no more. */
    @Test
    void whatRunsIsNotAskedForAgain() throws Exception {
        Release release = stored(Kind.BUNDLE, unsigned);
        Generation running = Generations.of(
                1, new GenerationBundle("lab.app", "1.0.0", release.sha256(), release.length(), 1, 5, Swap.OVERLAP));

        demand(running, release);
        refused("JAR_UNSIGNED", running, release, stored(Kind.SLOT, unsigned));
    }

    @Test
    void whatASlotHasIsRootsWhoAskedForIt() throws Exception {
        Release release = stored(Kind.SLOT, unsigned);
        SlotFiles files = SlotFiles.of(Map.of("lab.app-1.0.0.jar", release.sha256()));
        Files.createDirectories(unit.slot(files.id()));
        Files.write(unit.slot(files.id()).resolve("slot.json"), new Slot("/java", files).bytes());

        demand(NOTHING, stored(Kind.BUNDLE, signed), release);
        refused("JAR_UNSIGNED", NOTHING, stored(Kind.BUNDLE, unsigned), release);
    }

    @Test
    void whoeverCancelsDoesNotWaitForAllJars() throws Exception {
        Cancellation cancelled = new Cancellation();
        cancelled.request(Reason.of(UpdateCode.CANCELLED, "by test"));

        assertThatThrownBy(() -> new JarDemand(unit, slots())
                        .demand(NOTHING, Orders.of(stored(Kind.BUNDLE, signed)), Instant.now(), cancelled))
                .hasMessageContaining("CANCELLED");
    }

    private Release stored(Kind kind, byte[] jar) throws Exception {
        Release release = Orders.release(kind, "lab.app", jar);
        unit.store().put(new ByteArrayInputStream(jar), release.sha256(), release.length());
        return release;
    }

    private void demand(Generation running, Release... releases) throws Stopped {
        new JarDemand(unit, slots()).demand(running, Orders.of(releases), Instant.now(), new Cancellation());
    }

    private void refused(String code, Generation running, Release... releases) {
        assertThatThrownBy(() -> demand(running, releases))
                .isInstanceOfSatisfying(
                        Stopped.class,
                        stopped -> assertThat(stopped.reason().code()).isEqualTo(code));
    }

    private Slots slots() {
        return new Slots(unit, Duration.ofMillis(1));
    }
}
