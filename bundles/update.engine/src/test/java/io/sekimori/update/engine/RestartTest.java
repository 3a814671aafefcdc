package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.generation.Confirmed;
import io.sekimori.generation.Pointer;
import io.sekimori.generation.Trial;
import io.sekimori.trust.Swap;
import io.sekimori.update.engine.lab.Lab;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What takes a new process, and what an engine finds after one. */
class RestartTest {

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
    void aGenerationThatTakesANewProcessIsConfirmedInIt() throws Exception {
        lab.start(lab.engine("0.1.0"), lab.greeter("lab.app", "1.0.0", Swap.RESTART, ""));
        Path pack = lab.pack(lab.engine("0.1.0"), lab.greeter("lab.app", "2.0.0", Swap.RESTART, ""));
        String id = lab.ask("apply", pack.toString());
        lab.awaitRestart();
        lab.shutdown();
        assertThat(new Pointer(lab.unit()).trial()).contains(new Trial(2, 2));

        lab.boot(2, true);
        lab.ask("follow", id);

        assertThat(lab.outcome()).as(() -> lab.steps().toString()).isEqualTo("Confirmed 2");
        assertThat(new Pointer(lab.unit()).confirmed().orElseThrow().fallback()).contains(1);
        assertThat(new Pointer(lab.unit()).trial()).isEmpty();
        assertThat(lab.greeting("lab.app")).isEqualTo("2.0.0");
    }

    @Test
    void aTrialThatFallsIllGoesBackByAnotherProcess() throws Exception {
        lab.start(lab.engine("0.1.0"), lab.greeter("lab.app", "1.0.0", Swap.RESTART, ""));
        Path pack = lab.pack(lab.engine("0.1.0"), lab.greeter("lab.app", "2.0.0", Swap.RESTART, "sick"));
        String id = lab.ask("apply", pack.toString());
        lab.awaitRestart();
        lab.shutdown();
        lab.boot(2, true);
        lab.awaitRestart();
        lab.shutdown();
        assertThat(new Pointer(lab.unit()).trial()).isEmpty();

        lab.boot(1, false);
        lab.ask("follow", id);

        assertThat(lab.outcome()).startsWith("Reverted 1 UNHEALTHY");
        assertThat(lab.ask("generation")).isEqualTo("1");
        assertThat(lab.unit().generation(2)).doesNotExist();
    }

    @Test
    void aTrialBelowTheFloorIsNotConfirmed() throws Exception {
        lab.start(lab.engine("0.1.0"), lab.greeter("lab.app", "1.0.0", Swap.RESTART, ""));
        Path pack = lab.pack(lab.engine("0.1.0"), lab.greeter("lab.app", "2.0.0", Swap.RESTART, ""));
        String id = lab.ask("apply", pack.toString());
        lab.awaitRestart();
        lab.shutdown();
        new Pointer(lab.unit()).commit(new Confirmed(1, Optional.empty(), Map.of("lab.app", 1_000_000L)));
        lab.boot(2, true);
        lab.awaitRestart();
        lab.shutdown();

        lab.boot(1, false);
        lab.ask("follow", id);

        assertThat(lab.outcome()).startsWith("Reverted 1 BELOW_FLOOR");
    }

    @Test
    void aTrialThatNeverGotReadyIsReportedAsFallenBack() throws Exception {
        lab.start(lab.engine("0.1.0"), lab.greeter("lab.app", "1.0.0", Swap.RESTART, ""));
        Path pack = lab.pack(lab.engine("0.1.0"), lab.greeter("lab.app", "2.0.0", Swap.RESTART, "sick"));
        String id = lab.ask("apply", pack.toString());
        lab.awaitRestart();
        lab.shutdown();

        lab.boot(1, false);
        lab.ask("follow", id);

        assertThat(lab.outcome()).startsWith("Reverted 1 FELL_BACK");
    }

    @Test
    void aProcessThatEndsInTheMiddleIsReportedAndCleanedUp() throws Exception {
        lab.policy(Map.of("probation.seconds", 30, "settle.seconds", 2, "deadline.seconds", 20));
        lab.start(lab.engine("0.1.0"), lab.greeter("lab.app", "1.0.0", Swap.OVERLAP, ""));
        lab.packs().configurations(Map.of("some.pid", Map.of("level", 5L)));
        Path pack = lab.pack(lab.engine("0.1.0"), lab.greeter("lab.app", "2.0.0", Swap.OVERLAP, ""));
        String id = lab.ask("apply", pack.toString());
        lab.awaitStep("PROBATION watching");
        byte[] journal = Files.readAllBytes(lab.unit().transitionFile());
        lab.shutdown();
        Files.write(lab.unit().transitionFile(), journal);

        lab.boot(1, false);
        lab.ask("follow", id);

        assertThat(lab.outcome()).startsWith("Interrupted 1 PROCESS_ENDED");
        assertThat(lab.notes()).contains("config restore {some.pid=3}");
        assertThat(lab.unit().transitionFile()).doesNotExist();
        assertThat(lab.unit().generation(2)).doesNotExist();
    }

    /** What is read may come from the kernel's memory; who is told that it is confirmed must find it so after a power cut. */
    @Test
    void aPointerThatCannotBeMadeToLastIsNotClaimed() throws Exception {
        lab.policy(Map.of("probation.seconds", 2, "settle.seconds", 2, "deadline.seconds", 20));
        lab.start(lab.engine("0.1.0"), lab.greeter("lab.app", "1.0.0", Swap.OVERLAP, ""));
        Path pack = lab.pack(lab.engine("0.1.0"), lab.greeter("lab.app", "2.0.0", Swap.OVERLAP, ""));
        String id = lab.ask("apply", pack.toString());
        lab.awaitStep("PROBATION watching");
        String journal = Files.readString(lab.unit().transitionFile());
        lab.outcome();
        lab.shutdown();
        Files.writeString(lab.unit().transitionFile(), journal.replace("PROBATION", "COMMIT"));
        Files.delete(lab.unit().transitions().resolve(id + ".json"));
        Path blocked = Files.createDirectory(lab.unit().state().resolve(".confirmed.json.tmp"));

        lab.boot(2, false);
        assertThat(lab.ask("recent")).isEqualTo("[]");
        assertThat(lab.apply(pack)).contains("code=TRANSITION_OPEN");
        assertThat(lab.unit().transitionFile()).exists();
        lab.shutdown();
        Files.delete(blocked);
        lab.boot(2, false);
        lab.ask("follow", id);

        assertThat(lab.outcome()).isEqualTo("Confirmed 2");
    }

    @Test
    void aProcessThatEndsRightAfterTheCommitIsReportedAsConfirmed() throws Exception {
        lab.policy(Map.of("probation.seconds", 2, "settle.seconds", 2, "deadline.seconds", 20));
        lab.start(lab.engine("0.1.0"), lab.greeter("lab.app", "1.0.0", Swap.OVERLAP, ""));
        Path pack = lab.pack(lab.engine("0.1.0"), lab.greeter("lab.app", "2.0.0", Swap.OVERLAP, ""));
        String id = lab.ask("apply", pack.toString());
        lab.awaitStep("PROBATION watching");
        byte[] journal = Files.readAllBytes(lab.unit().transitionFile());
        lab.outcome();
        lab.shutdown();
        Files.write(lab.unit().transitionFile(), journal);
        Files.delete(lab.unit().transitions().resolve(id + ".json"));

        lab.boot(2, false);
        lab.ask("follow", id);

        assertThat(lab.outcome()).isEqualTo("Confirmed 2");
    }

    @Test
    void aDamagedJournalIsRemovedAndWorkGoesOn() throws Exception {
        lab.start(lab.engine("0.1.0"), lab.greeter("lab.app", "1.0.0", Swap.OVERLAP, ""));
        lab.shutdown();
        Files.writeString(lab.unit().transitionFile(), "{\"format\":1,");

        lab.boot(1, false);

        Path pack = lab.pack(lab.engine("0.1.0"), lab.greeter("lab.app", "2.0.0", Swap.OVERLAP, ""));
        assertThat(lab.apply(pack)).isEqualTo("Confirmed 2");
    }
}
