package io.sekimori.releases.repository;

import static io.sekimori.releases.repository.AssigningConsole.DEVICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import io.sekimori.releases.AssignAnswer;
import io.sekimori.releases.Changes;
import io.sekimori.releases.TakeBack;
import io.sekimori.trust.Assignment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** What is taken back is signed and numbered as an assignment, on both databases. */
class DirectorTakeBackTest {

    @TempDir
    private Path work;

    private AssigningConsole desk;
    private Console console;
    private SigningDirector director;

    /** It stands in the place of what it takes back, is signed anew as that, and is nothing to approve. */
    @OnBothDatabases
    void whatIsTakenBackIsSignedAndNumberedAsAnAssignment(Consoles consoles) throws Exception {
        begin(consoles);
        long first = desk.assigned(desk.order(Changes.NONE)).version();

        AssignAnswer answer = director.takeBack(new TakeBack(DEVICE, Console.MODEL, first, first + 70), "rollout:r-1");

        assertThat(answer).isEqualTo(new AssignAnswer.Assigned(DEVICE, first + 71));
        Assignment said = desk.current(DEVICE);
        assertThat(said.takesBack()).hasValue(first);
        assertThat(said.items()).isEmpty();
        assertThat(console.audited)
                .anyMatch(entry -> entry.action().equals("director.take-back")
                        && entry.actor().equals("rollout:r-1"));
        Tables tables = desk.tables();
        Map<String, String> awaited = tables.read(connection -> new ContentDigests().of(connection, List.of(DEVICE)));
        assertThat(awaited).isEmpty();

        console.time.pass(Duration.ofDays(80));
        desk.fresh().of(DEVICE);
        assertThat(desk.current(DEVICE).version()).isGreaterThan(said.version());
        assertThat(desk.current(DEVICE).takesBack()).hasValue(first);
        assertThat(desk.assigned(desk.order(Changes.NONE)).takesBack()).isEmpty();
    }

    @OnBothDatabases
    void whoClaimsAVersionThatNobodyEverGaveOutGetsNothing(Consoles consoles) throws Exception {
        begin(consoles);
        long first = desk.assigned(desk.order(Changes.NONE)).version();

        for (long shown : new long[] {(1L << 53) + 1, Long.MAX_VALUE}) {
            AssignAnswer answer = director.takeBack(new TakeBack(DEVICE, Console.MODEL, first, shown), "rollout:r-1");

            assertThat(answer)
                    .isInstanceOfSatisfying(
                            AssignAnswer.Refused.class,
                            refused -> assertThat(refused.code()).isEqualTo("REPORT_MALFORMED"));
        }
        assertThat(desk.current(DEVICE).version()).isEqualTo(first);
        assertThat(console.audited)
                .anyMatch(entry -> entry.action().equals("director.take-back") && entry.verdict() == Verdict.REFUSED);
    }

    /** A rollout tries again each minute for as long as a person wants it back; the gateway may say something else each time. */
    @OnBothDatabases
    void aTakeBackThatIsRefusedAgainAndAgainIsRecordedOnceAndCounted(Consoles consoles) throws Exception {
        begin(consoles);
        long first = desk.assigned(desk.order(Changes.NONE)).version();

        for (int minute = 0; minute < 60; minute++) {
            takeBack(first, (1L << 53) + 1 + minute);
            console.time.pass(Duration.ofMinutes(1));
        }
        assertThat(takenBack()).containsExactly("REFUSED REPORT_MALFORMED 1");

        takeBack(first, Long.MAX_VALUE);
        assertThat(takenBack()).containsExactly("REFUSED REPORT_MALFORMED 1", "REFUSED REPORT_MALFORMED 60");

        Path key = console.settings.place().key("online");
        Path elsewhere = Files.move(key, work.resolve("elsewhere.key"));
        for (int minute = 0; minute < 30; minute++) {
            takeBack(first, first);
            console.time.pass(Duration.ofMinutes(1));
        }
        assertThat(takenBack()).hasSize(3).last().isEqualTo("REFUSED ONLINE_KEYS_MISSING 1");

        Files.move(elsewhere, key);
        assertThat(takeBack(first, first)).isInstanceOf(AssignAnswer.Assigned.class);
        assertThat(takenBack()).hasSize(4).last().isEqualTo("ALLOWED  null");
    }

    private AssignAnswer takeBack(long from, long shown) throws Exception {
        return director.takeBack(new TakeBack(DEVICE, Console.MODEL, from, shown), "rollout:r-1");
    }

    private List<String> takenBack() {
        return console.audited.stream()
                .filter(entry -> entry.action().equals("director.take-back"))
                .map(entry -> entry.verdict() + " " + entry.reason() + " "
                        + entry.detail().get("count"))
                .toList();
    }

    private void begin(Consoles consoles) throws Exception {
        desk = new AssigningConsole(consoles, work);
        console = desk.console;
        director = desk.director;
    }
}
