package io.sekimori.itests.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.sekimori.generation.Generation;
import io.sekimori.generation.Verification;
import io.sekimori.itests.support.Part;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.Sha256;
import io.sekimori.trust.UnitReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a gateway signs for a console that asks it, held against what the test knows by other ways: the evidence on its disk,
 * the jar that was put into the pack, the transitions it tells on the machine. Confined to one thread.
 */
final class Testimony {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestUnit unit;
    private int asked;
    private long newest;

    Testimony(TestUnit unit) {
        this.unit = unit;
    }

    /**
     * Asks for a report and looks at all of it.
     *
     * @param confirmed what its disk says that it confirmed
     * @param fixture what this generation has of the bundle that is updated
     */
    void demandProof(Verification.Verified confirmed, Part fixture, String what) throws Exception {
        UnitReport report = ask();
        // A console takes what is not above the newest it has for a replay, and would believe nothing more of this
        // gateway.
        assertThat(report.sequence()).as(what).isGreaterThan(newest);
        newest = report.sequence();
        assertThat(report.findings()).as(what).isEmpty();
        demandThatRuns(report.running(), confirmed, what);
        assertThat(report.running().bundles())
                .as(what)
                .filteredOn(item -> item.symbolicName().equals(fixture.symbolicName()))
                .extracting(UnitReport.Item::version, UnitReport.Item::sha256)
                .containsExactly(tuple(fixture.version(), Sha256.hex(fixture.jar())));
        demandThatEnded(report.last(), what);
    }

    private UnitReport ask() {
        String nonce = "after-" + ++asked;
        UnitReport report = await().atMost(PATIENCE)
                .until(() -> unit.report(nonce), Optional::isPresent)
                .orElseThrow();
        assertThat(report.nonce()).isEqualTo(nonce);
        return report;
    }

    private static void demandThatRuns(UnitReport.Running running, Verification.Verified confirmed, String what) {
        Generation generation = confirmed.generation();
        assertThat(running.generation()).as(what).isEqualTo(generation.number());
        assertThat(running.confirmed()).as(what).isEqualTo(generation.number());
        assertThat(running.assignment()).as(what).isEqualTo(generation.assignmentVersion());
        assertThat(running.configurations()).as(what).isEqualTo(generation.configurations());
        assertThat(running.bundles())
                .as(what)
                .extracting(item -> item.symbolicName() + "/" + item.version() + " " + item.sha256())
                .containsExactlyInAnyOrderElementsOf(generation.bundles().stream()
                        .map(bundle -> bundle.name() + " " + bundle.sha256())
                        .toList());
        assertThat(running.slot())
                .as(what)
                .extracting(UnitReport.Item::sha256)
                .containsExactlyInAnyOrderElementsOf(
                        confirmed.slot().files().digests().values());
    }

    private void demandThatEnded(Optional<UnitReport.Last> last, String what) throws Exception {
        List<JsonObject> told = unit.transitions();
        assertThat(last.isPresent()).as(what).isEqualTo(!told.isEmpty());
        if (last.isPresent()) {
            JsonObject newestTold = told.get(0);
            assertThat(last.get().id()).as(what).isEqualTo(newestTold.string("id"));
            assertThat(last.get().outcome()).as(what).isEqualTo(newestTold.string("outcome"));
            assertThat(last.get().running()).as(what).isEqualTo((int) newestTold.number("running"));
        }
    }
}
