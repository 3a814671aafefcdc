package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.trust.Swap;
import io.sekimori.trust.UnitReport;
import io.sekimori.update.engine.lab.Intruder;
import io.sekimori.update.engine.lab.Item;
import io.sekimori.update.engine.lab.Lab;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a console assigned and takes back, at every stage of it, in a real framework. */
class TakingBackTest {

    private static final Map<String, Object> LONG =
            Map.of("probation.seconds", 600, "settle.seconds", 2, "deadline.seconds", 20);
    private static final Map<String, Object> CLOSED =
            Map.of("probation.seconds", 0, "install.automatic", false, "deadline.seconds", 20);

    @TempDir
    private Path work;

    private Lab lab;

    @BeforeEach
    void open() throws Exception {
        lab = new Lab(work);
    }

    @AfterEach
    void close() throws Exception {
        lab.close();
    }

    /** What was recorded on the wire of the assignment is worth nothing afterwards. */
    @Test
    void whatIsOnProbationIsUndoneAndNeverAcceptedAgain() throws Exception {
        Path pack = onProbation();
        assertThat(lab.greeting("lab.app")).isEqualTo("2.0.0");
        Path back = lab.packs().takingBack(lab.packs().assigned());

        assertThat(lab.ask("take-back", back.toString())).isEqualTo("true");

        assertThat(lab.outcome()).isEqualTo("Cancelled 1");
        assertThat(lab.greeting("lab.app")).isEqualTo("1.0.0");
        assertThat(lab.fetch(back, Long.MAX_VALUE)).startsWith("Refused 1 TAKEN_BACK assignments ");
        assertThat(lab.fetch(pack, Long.MAX_VALUE)).startsWith("Refused 1 ASSIGNMENT_ROLLBACK");
        UnitReport report = lab.report("");
        assertThat(report.trusted().assignment()).isEqualTo(lab.packs().assigned());
        assertThat(report.running().generation()).isEqualTo(1);
    }

    @Test
    void whatWaitsForAPersonIsNeverBegun() throws Exception {
        start(CLOSED);
        lab.policy(CLOSED, "INSTALL_BY_HAND");
        Path pack = next();
        assertThat(lab.fetch(pack, Long.MAX_VALUE)).startsWith("Refused 1 INSTALL_BY_HAND");
        Path back = lab.packs().takingBack(lab.packs().assigned());

        assertThat(lab.ask("take-back", back.toString())).isEqualTo("false");
        assertThat(lab.ask("preview", back.toString())).contains("code=TAKEN_BACK,");
        assertThat(lab.fetch(back, Long.MAX_VALUE)).startsWith("Refused 1 TAKEN_BACK assignments ");

        assertThat(lab.apply(pack)).startsWith("Refused 1 ASSIGNMENT_ROLLBACK");
        assertThat(lab.greeting("lab.app")).isEqualTo("1.0.0");
    }

    @Test
    void whatIsConfirmedStays() throws Exception {
        start(Map.of("probation.seconds", 0, "settle.seconds", 2, "deadline.seconds", 20));
        assertThat(lab.fetch(next(), Long.MAX_VALUE)).isEqualTo("Confirmed 2");
        long confirmed = lab.packs().assigned();
        Path back = lab.packs().takingBack(confirmed);

        assertThat(lab.ask("take-back", back.toString())).isEqualTo("false");
        assertThat(lab.fetch(back, Long.MAX_VALUE)).startsWith("Refused 2 TAKEN_BACK_TOO_LATE ");

        assertThat(lab.greeting("lab.app")).isEqualTo("2.0.0");
        assertThat(lab.report("").running().assignment()).isEqualTo(confirmed);
    }

    /** Neither who has no key of the director, nor what took back something earlier. */
    @Test
    void whoHasOnlyTheWireEndsNothing() throws Exception {
        start(LONG);
        next();
        Path earlier = lab.packs().takingBack(lab.packs().assigned());
        Path pack = begun();
        Path genuine = lab.packs().takingBack(lab.packs().assigned());
        Intruder intruder = lab.intruder(genuine);

        assertThat(lab.ask("take-back", intruder.sends(unsigned(intruder)).toString()))
                .isEqualTo("false");
        assertThat(lab.ask("take-back", earlier.toString())).isEqualTo("false");
        assertThat(lab.ask("take-back", pack.toString())).isEqualTo("false");
        assertThat(lab.greeting("lab.app")).isEqualTo("2.0.0");

        assertThat(lab.ask("take-back", genuine.toString())).isEqualTo("true");
        assertThat(lab.outcome()).isEqualTo("Cancelled 1");
    }

    /** The signatures of before stand under what was changed. */
    private static byte[] unsigned(Intruder intruder) {
        String genuine = new String(intruder.heard(), StandardCharsets.UTF_8);
        return genuine.replaceFirst("\"version\"\\s*:\\s*[0-9]+", "\"version\":99999999")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void whatAPowerCutEndedStaysUndoneAndIsToldTruly() throws Exception {
        Path pack = onProbation();
        Path back = lab.packs().takingBack(lab.packs().assigned());
        lab.shutdown();
        lab.boot(1, false);
        long start = System.nanoTime();
        while (!lab.ask("recent").contains("ENGINE_STOPPED") && System.nanoTime() - start < 20_000_000_000L) {
            Thread.onSpinWait(); // what was left is told of before anything else begins
        }

        assertThat(lab.fetch(back, Long.MAX_VALUE)).startsWith("Refused 1 TAKEN_BACK assignments ");

        assertThat(lab.ask("recent")).contains("TAKEN_BACK").doesNotContain("Confirmed");
        assertThat(lab.fetch(pack, Long.MAX_VALUE)).startsWith("Refused 1 ASSIGNMENT_ROLLBACK");
        assertThat(lab.greeting("lab.app")).isEqualTo("1.0.0");
    }

    private Path onProbation() throws Exception {
        start(LONG);
        return begun();
    }

    private Path begun() throws Exception {
        Path pack = next();
        lab.ask("fetch", pack.toString(), Long.toString(Long.MAX_VALUE));
        lab.awaitStep("PROBATION");
        return pack;
    }

    private void start(Map<String, Object> policy) throws Exception {
        lab.policy(policy);
        lab.start(lab.engine("0.1.0"), app("1.0.0"));
    }

    private Path next() throws Exception {
        return lab.pack(lab.engine("0.1.0"), app("2.0.0"));
    }

    private Item app(String version) {
        return lab.greeter("lab.app", version, Swap.OVERLAP, "");
    }
}
