package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.trust.Swap;
import io.sekimori.update.engine.lab.Lab;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine swaps itself last, and hands over both ways. */
class OwnSwapTest {

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

    @Test
    void theNewVersionBringsTheTransitionToItsEnd() throws Exception {
        lab.start(lab.engine("0.1.0"), lab.greeter("lab.app", "1.0.0", Swap.OVERLAP, ""));
        Path pack = lab.pack(lab.engine("0.1.1"), lab.greeter("lab.app", "2.0.0", Swap.OVERLAP, ""));

        String outcome = lab.apply(pack);

        assertThat(outcome).as(() -> lab.steps().toString()).isEqualTo("Confirmed 2");
        assertThat(engines()).containsExactly("0.1.1");
        assertThat(lab.steps()).contains("handed over");
        assertThat(lab.ask("generation")).isEqualTo("2");
    }

    @Test
    void theNewVersionCanSwapItselfInTurn() throws Exception {
        lab.start(lab.engine("0.1.0"));
        lab.apply(lab.pack(lab.engine("0.1.1")));

        String outcome = lab.apply(lab.pack(lab.engine("0.1.2")));

        assertThat(outcome).as(() -> lab.steps().toString()).isEqualTo("Confirmed 3");
        assertThat(engines()).containsExactly("0.1.2");
    }

    @Test
    void theNewVersionHandsBackWhatIsToBeReverted() throws Exception {
        lab.policy(Map.of("probation.seconds", 5, "settle.seconds", 2, "deadline.seconds", 20));
        lab.start(lab.engine("0.1.0"), lab.greeter("lab.app", "1.0.0", Swap.OVERLAP, ""));
        Path pack = lab.pack(lab.engine("0.1.1"), lab.greeter("lab.app", "2.0.0", Swap.OVERLAP, "sickly"));

        String outcome = lab.apply(pack);

        assertThat(outcome).as(() -> lab.steps().toString()).startsWith("Reverted 1 UNHEALTHY");
        assertThat(engines()).containsExactly("0.1.0");
        assertThat(lab.greeting("lab.app")).isEqualTo("1.0.0");
        assertThat(lab.restarts()).isEmpty();
        assertThat(lab.apply(lab.pack(lab.engine("0.1.0"), lab.greeter("lab.app", "2.1.0", Swap.OVERLAP, ""))))
                .isEqualTo("Confirmed 3");
    }

    @Test
    void cancellingAfterTheHandoverGoesBackToTheOldEngine() throws Exception {
        lab.policy(Map.of("probation.seconds", 30, "settle.seconds", 2, "deadline.seconds", 20));
        lab.start(lab.engine("0.1.0"));
        String id = lab.ask("apply", lab.pack(lab.engine("0.1.1")).toString());
        lab.awaitStep("PROBATION watching");

        String cancelled = lab.ask("cancel", id);

        assertThat(cancelled).isEqualTo("true");
        assertThat(lab.outcome()).isEqualTo("Cancelled 1");
        assertThat(engines()).containsExactly("0.1.0");
    }

    private List<String> engines() {
        return Arrays.stream(lab.context().getBundles())
                .filter(bundle -> "io.sekimori.update.engine".equals(bundle.getSymbolicName()))
                .map(bundle -> bundle.getVersion().toString())
                .toList();
    }
}
