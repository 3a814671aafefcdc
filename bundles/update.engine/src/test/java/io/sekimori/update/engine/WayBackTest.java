package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.generation.Generations;
import io.sekimori.generation.Pointer;
import io.sekimori.trust.Swap;
import io.sekimori.update.engine.lab.Callers;
import io.sekimori.update.engine.lab.Lab;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way in which a try fails ends with the generation before, whole. */
class WayBackTest {

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

    @ParameterizedTest
    @CsvSource({
        "throw, OVERLAP, START_FAILED",
        "sick, OVERLAP, UNHEALTHY",
        "deaf, OVERLAP, UNHEALTHY",
        "throw, REPLACE, START_FAILED",
        "sick, REPLACE, UNHEALTHY",
        "noisy, OVERLAP, ERROR_RATE"
    })
    void aBundleThatDoesNotDoIsTakenBack(String behaviour, Swap swap, String code) throws Exception {
        lab.start(
                lab.engine("0.1.0"),
                lab.greeter("lab.app", "1.0.0", swap, ""),
                lab.greeter("lab.before", "1.0.0", Swap.OVERLAP, ""));
        var stored = lab.unit().store().digests();
        Path pack = lab.pack(
                lab.engine("0.1.0"),
                lab.greeter("lab.app", "2.0.0", swap, behaviour),
                lab.greeter("lab.before", "2.0.0", Swap.OVERLAP, ""));

        String outcome = lab.apply(pack);

        assertThat(outcome).as(() -> lab.steps().toString()).startsWith("Reverted 1 " + code);
        assertThat(lab.greeting("lab.app")).isEqualTo("1.0.0");
        assertThat(lab.greeting("lab.before")).isEqualTo("1.0.0");
        assertThat(lab.ask("generation")).isEqualTo("1");
        assertThat(lab.unit().store().digests()).isEqualTo(stored);
        assertThat(new Generations(lab.unit()).numbers()).containsExactly(1);
        assertThat(new Pointer(lab.unit()).confirmed().orElseThrow().generation())
                .isEqualTo(1);
        assertThat(Files.list(lab.unit().transitions()))
                .anyMatch(file -> file.getFileName().toString().endsWith(".log"));
    }

    @Test
    void aCheckThatIsLateOnceIsAskedAgain() throws Exception {
        lab.policy(Map.of("probation.seconds", 0, "settle.seconds", 30, "deadline.seconds", 60));
        lab.start(lab.engine("0.1.0"), lab.greeter("lab.app", "1.0.0", Swap.OVERLAP, ""));

        String outcome =
                lab.apply(lab.pack(lab.engine("0.1.0"), lab.greeter("lab.app", "2.0.0", Swap.OVERLAP, "slow")));

        assertThat(outcome).as(() -> lab.steps().toString()).startsWith("Confirmed");
        assertThat(lab.greeting("lab.app")).isEqualTo("2.0.0");
    }

    @Test
    void whatFallsIllOnProbationIsTakenBackAndNoCallIsLost() throws Exception {
        lab.policy(Map.of("probation.seconds", 5, "settle.seconds", 2, "deadline.seconds", 20));
        lab.start(lab.engine("0.1.0"), lab.greeter("lab.app", "1.0.0", Swap.OVERLAP, ""));
        Path pack = lab.pack(lab.engine("0.1.0"), lab.greeter("lab.app", "2.0.0", Swap.OVERLAP, "sickly"));
        Callers callers = new Callers(lab.tracker("lab.app"), 4);

        String outcome = lab.apply(pack);

        callers.stop();
        assertThat(outcome).startsWith("Reverted 1 UNHEALTHY");
        assertThat(callers.lost()).isZero();
        assertThat(callers.answers()).containsExactlyInAnyOrder("1.0.0", "2.0.0");
        assertThat(lab.greeting("lab.app")).isEqualTo("1.0.0");
    }

    @Test
    void aTryThatWasTakenBackCanBeRepeated() throws Exception {
        lab.start(lab.engine("0.1.0"), lab.greeter("lab.app", "1.0.0", Swap.OVERLAP, ""));
        lab.apply(lab.pack(lab.engine("0.1.0"), lab.greeter("lab.app", "2.0.0", Swap.OVERLAP, "sick")));

        String outcome = lab.apply(lab.pack(lab.engine("0.1.0"), lab.greeter("lab.app", "2.1.0", Swap.OVERLAP, "")));

        assertThat(outcome).isEqualTo("Confirmed 3");
        assertThat(lab.greeting("lab.app")).isEqualTo("2.1.0");
    }

    @Test
    void aBundleThatHangsInItsStopIsEndedByTheDeadline() throws Exception {
        lab.policy(Map.of("probation.seconds", 0, "settle.seconds", 1, "deadline.seconds", 2));
        lab.start(lab.engine("0.1.0"), lab.greeter("lab.app", "1.0.0", Swap.OVERLAP, "hang"));
        Path pack = lab.pack(lab.engine("0.1.0"), lab.greeter("lab.app", "2.0.0", Swap.OVERLAP, ""));

        String begun = lab.ask("apply", pack.toString());

        assertThat(begun).doesNotStartWith("!");
        assertThat(lab.halt()).isEqualTo("DEADLINE");
        assertThat(Files.readString(lab.unit().lastWordsFile())).contains("stop the old lab.app");
    }

    @Test
    void anOldBundleThatGrumblesWhenItStopsIsTakenBack() throws Exception {
        lab.start(lab.engine("0.1.0"), lab.greeter("lab.app", "1.0.0", Swap.OVERLAP, "grumble"));
        Path pack = lab.pack(lab.engine("0.1.0"), lab.greeter("lab.app", "2.0.0", Swap.OVERLAP, ""));

        String outcome = lab.apply(pack);

        assertThat(outcome).startsWith("Reverted 1 STOP_FAILED");
        assertThat(lab.greeting("lab.app")).isEqualTo("1.0.0");
    }

    @Test
    void cancellingOnProbationGoesBack() throws Exception {
        lab.policy(Map.of("probation.seconds", 30, "settle.seconds", 2, "deadline.seconds", 20));
        lab.start(lab.engine("0.1.0"), lab.greeter("lab.app", "1.0.0", Swap.OVERLAP, ""));
        Path pack = lab.pack(lab.engine("0.1.0"), lab.greeter("lab.app", "2.0.0", Swap.OVERLAP, ""));
        String id = lab.ask("apply", pack.toString());
        lab.awaitStep("PROBATION watching");

        String cancelled = lab.ask("cancel", id);

        assertThat(cancelled).isEqualTo("true");
        assertThat(lab.outcome()).isEqualTo("Cancelled 1");
        assertThat(lab.greeting("lab.app")).isEqualTo("1.0.0");
        assertThat(lab.ask("cancel", id)).isEqualTo("false");
    }

    @Test
    void configurationsAreRestored() throws Exception {
        lab.start(lab.engine("0.1.0"), lab.greeter("lab.app", "1.0.0", Swap.OVERLAP, ""));
        lab.packs().configurations(Map.of("some.pid", Map.of("level", 5L)));
        Path pack = lab.pack(lab.engine("0.1.0"), lab.greeter("lab.app", "2.0.0", Swap.OVERLAP, "sick"));

        lab.apply(pack);

        assertThat(lab.notes())
                .containsSubsequence(
                        "config snapshot", "config apply 2", "config restore {some.pid=3}", "config forget");
    }

    @Test
    void goingBackWaitsForNoAuditAndIsRecordedLater() throws Exception {
        lab.policy(Map.of("probation.seconds", 30, "settle.seconds", 2, "deadline.seconds", 20));
        lab.start(lab.engine("0.1.0"), lab.greeter("lab.app", "1.0.0", Swap.OVERLAP, ""));
        Path pack = lab.pack(lab.engine("0.1.0"), lab.greeter("lab.app", "2.0.0", Swap.OVERLAP, ""));
        String id = lab.ask("apply", pack.toString());
        lab.awaitStep("PROBATION watching");
        lab.ask("off", "audit");
        lab.ask("off", "keys");

        lab.ask("cancel", id);

        assertThat(lab.outcome()).isEqualTo("Cancelled 1");
        String report = Files.readString(lab.unit().transitions().resolve(id + ".json"));
        assertThat(report).contains("\"audited\" : false", "\"unsigned\"");
    }
}
