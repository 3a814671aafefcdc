package io.sekimori.releases.repository;

import static io.sekimori.releases.repository.AssigningConsole.OTTO;
import static io.sekimori.releases.repository.AssigningConsole.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import io.sekimori.releases.AssignAnswer;
import io.sekimori.releases.Changes;
import io.sekimori.releases.Order;
import io.sekimori.releases.ReleasesException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;

/** Many gateways at once, and consoles side by side, on both databases. */
class ManyAssignmentsTest {

    @TempDir
    private Path work;

    private AssigningConsole desk;
    private Console console;
    private SigningDirector director;

    @OnBothDatabases
    void twoConsolesNeverGiveTheSameVersion(Consoles consoles) throws Exception {
        begin(consoles);
        SigningDirector other = console.director(consoles.console());
        List<Order> orders = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String device = Console.device(i);
            orders.add(new Order(device, Console.MODEL, console.report(device, 1), Changes.NONE));
        }

        CompletableFuture<List<AssignAnswer>> theirs = CompletableFuture.supplyAsync(() -> assign(other, orders));
        List<AssignAnswer> mine = assign(director, orders);

        for (int i = 0; i < 20; i++) {
            long one = ((AssignAnswer.Assigned) mine.get(i)).version();
            long two = ((AssignAnswer.Assigned) theirs.get().get(i)).version();
            assertThat(one).isNotEqualTo(two);
            assertThat(director.current(Console.device(i)).orElseThrow().version())
                    .isEqualTo(Math.max(one, two));
        }
    }

    @OnBothDatabases
    void aThousandAreAssignedAtOnce(Consoles consoles) throws Exception {
        begin(consoles);
        List<Order> orders = new ArrayList<>();
        for (int device : IntStream.range(0, 1_000).toArray()) {
            orders.add(new Order(
                    Console.device(device),
                    Console.MODEL,
                    console.report(Console.device(device), 1),
                    set(Console.APP, "1.1.0")));
        }

        long best = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            long start = System.nanoTime();
            assertThat(director.assign(orders, OTTO)).allMatch(AssignAnswer.Assigned.class::isInstance);
            long took = System.nanoTime() - start;
            best = Math.min(best, took);
        }

        // The goal is half a second on a quiet machine; what is measured there is in the benchmarks.
        assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofSeconds(5));
    }

    private static List<AssignAnswer> assign(SigningDirector director, List<Order> orders) {
        try {
            return director.assign(orders, OTTO);
        } catch (ReleasesException e) {
            throw new IllegalStateException(e);
        }
    }

    private void begin(Consoles consoles) throws Exception {
        desk = new AssigningConsole(consoles, work);
        console = desk.console;
        director = desk.director;
    }
}
