package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.generation.Generations;
import io.sekimori.launcher.testkit.TestBundle;
import io.sekimori.trust.Sha256;
import io.sekimori.trust.Swap;
import io.sekimori.update.engine.lab.Authority;
import io.sekimori.update.engine.lab.Item;
import io.sekimori.update.engine.lab.Lab;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused, and that a refusal leaves everything as it was. */
class RefusalTest {

    @TempDir
    private Path work;

    private Lab lab;

    @BeforeEach
    void open() throws Exception {
        lab = new Lab(work);
        lab.start(lab.engine("0.1.0"), lab.greeter("lab.app", "1.0.0", Swap.OVERLAP, ""));
    }

    @AfterEach
    void close() throws Exception {
        lab.close();
    }

    @ParameterizedTest
    @CsvSource({"audit, AUDIT_UNAVAILABLE", "keys, KEYS_UNAVAILABLE", "config, CONFIG_UNAVAILABLE"})
    void aMissingCapabilityRefuses(String capability, String code) throws Exception {
        lab.ask("off", capability);

        assertThat(lab.apply(next())).contains("code=" + code);
        assertNothingHappened();
        lab.ask("on", capability);
        assertThat(lab.apply(next())).isEqualTo("Confirmed 2");
    }

    @Test
    void updatingCanBeSwitchedOff() throws Exception {
        lab.shutdown();
        lab.policy(Map.of("enabled", false));
        lab.boot(1, false);
        lab.awaitPolicy("UPDATES_DISABLED", next());

        assertThat(lab.apply(next())).contains("code=UPDATES_DISABLED");
        assertThat(lab.ask("plan", next().toString())).contains("code=UPDATES_DISABLED");
        assertNothingHappened();
    }

    @Test
    void whatRunsAlreadyIsNothingToDo() throws Exception {
        assertThat(lab.apply(lab.packs().last())).startsWith("Refused 1 NOTHING_TO_DO");
    }

    @Test
    void aPackThatIsNoneIsRefused() throws Exception {
        Path pack = Files.writeString(work.resolve("no-pack.zip"), "no pack");

        assertThat(lab.apply(pack)).startsWith("Refused 1 PACK_");
        assertThat(lab.apply(work.resolve("missing.zip"))).startsWith("Refused 1 PACK_UNREADABLE");
        assertNothingHappened();
    }

    @Test
    void aPackOfAnotherDirectorIsRefusedWithTrustsReason() throws Exception {
        Lab other = new Lab(Files.createDirectories(work.resolve("other")));
        Path pack = other.pack(other.greeter("lab.app", "2.0.0", Swap.OVERLAP, ""));

        assertThat(lab.apply(pack)).startsWith("Refused 1 ").doesNotContain("ENGINE_FAILED");
        assertNothingHappened();
    }

    @Test
    void aPackWithoutAFileItNeedsIsRefused() throws Exception {
        Path pack =
                lab.packs().without("lab.app", lab.engine("0.1.0"), lab.greeter("lab.app", "2.0.0", Swap.OVERLAP, ""));

        assertThat(lab.apply(pack)).startsWith("Refused 1 PACK_FILE_MISSING");
        assertNothingHappened();
    }

    @Test
    void aGenerationThatDoesNotResolveIsRefusedWithTheResolversReason() throws Exception {
        Item broken = lab.item(
                TestBundle.of("lab.broken", "1.0.0").header("Import-Package", "no.such.pkg"), Swap.OVERLAP, "");
        Path pack = lab.pack(lab.engine("0.1.0"), lab.greeter("lab.app", "1.0.0", Swap.OVERLAP, ""), broken);

        assertThat(lab.ask("plan", pack.toString())).contains("code=UNRESOLVABLE_COLD", "no.such.pkg");
        assertThat(lab.apply(pack)).startsWith("Refused 1 UNRESOLVABLE_COLD").contains("no.such.pkg");
        assertNothingHappened();
    }

    @Test
    void aJarThatNoListedPublisherSignedIsRefused() throws Exception {
        Authority acme = Authority.root("Acme");
        acme.list(lab.unit().trust().resolve("publishers.pem"));

        assertThat(lab.ask("plan", next().toString())).contains("code=JAR_UNSIGNED");
        assertThat(lab.apply(lab.packs().last())).startsWith("Refused 1 JAR_UNSIGNED lab.app/2.0.0/");
        assertNothingHappened();

        Item signed = lab.greeter("lab.app", "2.1.0", Swap.OVERLAP, "").signedBy(acme);
        assertThat(lab.apply(lab.pack(lab.engine("0.1.0"), signed))).startsWith("Confirmed ");
    }

    /** A certificate that was good when the update began is good for it, as metadata and approvals are. */
    @Test
    void whatExpiresWhileItIsDownloadedDoesNotMatter() throws Exception {
        Authority acme = Authority.root("Acme");
        acme.list(lab.unit().trust().resolve("publishers.pem"));
        Item signed = lab.greeter("lab.app", "2.1.0", Swap.OVERLAP, "").signedBy(acme);
        Path pack = lab.pack(lab.engine("0.1.0"), signed);
        String afterItsEnd = Instant.now().plus(Duration.ofHours(30)).toString();

        lab.ask("fetch-late", pack.toString(), afterItsEnd);

        assertThat(lab.outcome()).isEqualTo("Confirmed 2");
        Item later = lab.greeter("lab.app", "2.2.0", Swap.OVERLAP, "").signedBy(acme);
        assertThat(lab.apply(lab.pack(lab.engine("0.1.0"), later))).contains(" JAR_SIGNER_EXPIRED ");
        lab.ask("off", "time");
    }

    @Test
    void oneTransitionAtATime() throws Exception {
        lab.shutdown();
        lab.policy(Map.of("probation.seconds", 20, "settle.seconds", 2, "deadline.seconds", 20));
        lab.boot(1, false);
        String id = lab.ask("apply", next().toString());
        lab.awaitStep("STAGE");

        assertThat(lab.ask("apply", lab.packs().last().toString())).contains("code=TRANSITION_OPEN");
        assertThat(lab.ask("plan", lab.packs().last().toString())).contains("code=TRANSITION_OPEN");
        assertThat(lab.ask("preview", lab.packs().last().toString())).contains("code=TRANSITION_OPEN");
        lab.ask("cancel", id);
        assertThat(lab.outcome()).isEqualTo("Cancelled 1");
    }

    @Test
    void aDamagedFileInTheStoreIsWrittenAgainBeforeItIsUsed() throws Exception {
        // One that runs nothing: whoever damages the engine's own file in place takes its classes from it.
        Item still = lab.item(TestBundle.of("lab.still", "1.0.0"), Swap.OVERLAP, "");
        assertThat(lab.apply(lab.pack(lab.engine("0.1.0"), lab.greeter("lab.app", "1.0.0", Swap.OVERLAP, ""), still)))
                .isEqualTo("Confirmed 2");
        byte[] bytes = Files.readAllBytes(still.jar());
        Path stored = lab.unit().store().path(Sha256.hex(bytes));
        bytes[bytes.length / 2] ^= 1;
        Files.write(stored, bytes);
        Path pack = lab.pack(lab.engine("0.1.0"), lab.greeter("lab.app", "2.0.0", Swap.OVERLAP, ""), still);

        assertThat(lab.ask("plan", pack.toString())).startsWith("restart=false copy=");
        assertThat(lab.apply(pack)).isEqualTo("Confirmed 3");
        assertThat(Files.readAllBytes(stored)).isEqualTo(Files.readAllBytes(still.jar()));
    }

    @Test
    void somethingThatRunsAroundTheGenerationIsRefused() throws Exception {
        for (var bundle : lab.context().getBundles()) {
            if ("lab.app".equals(bundle.getSymbolicName())) {
                bundle.uninstall();
            }
        }

        assertThat(lab.apply(next())).contains("code=RUNNING_DIFFERS");
    }

    @Test
    void byATimeThatNobodyVouchesForNothingIsJudged() throws Exception {
        lab.ask("time", "");

        assertThat(lab.ask("hindrance", "console")).isEqualTo("TIME_UNTRUSTED");
        assertThat(lab.apply(next())).startsWith("Refused 1 TIME_UNTRUSTED");
        assertNothingHappened();

        lab.ask("off", "time");

        assertThat(lab.ask("hindrance", "console")).isEmpty();
        assertThat(lab.apply(next())).startsWith("Confirmed ");
    }

    @Test
    void theTrustedTimeCountsInPlaceOfTheClock() throws Exception {
        lab.ask("time", "2099-01-01T00:00:00Z");

        assertThat(lab.apply(next())).startsWith("Refused 1 EXPIRED_ROOT");
        assertNothingHappened();
    }

    @Test
    void aReportIsSignedByTheDeviceKey() throws Exception {
        lab.apply(lab.packs().last());

        try (var reports = Files.list(lab.unit().transitions())) {
            assertThat(reports.filter(file -> file.toString().endsWith(".json")))
                    .allSatisfy(file -> assertThat(Files.readString(file))
                            .contains("\"signature\"", "\"device\"", "NOTHING_TO_DO", "\"audited\" : true"));
        }
    }

    private Path next() throws Exception {
        return lab.pack(lab.engine("0.1.0"), lab.greeter("lab.app", "2.0.0", Swap.OVERLAP, ""));
    }

    private void assertNothingHappened() throws Exception {
        assertThat(lab.greeting("lab.app")).isEqualTo("1.0.0");
        assertThat(lab.ask("generation")).isEqualTo("1");
        assertThat(new Generations(lab.unit()).numbers()).containsExactly(1);
        assertThat(lab.unit().transitionFile()).doesNotExist();
    }
}
