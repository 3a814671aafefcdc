package io.sekimori.fleet.records;

import static io.sekimori.fleet.records.Device.bundle;
import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.fleet.FleetCode;
import io.sekimori.fleet.ReportAnswer;
import io.sekimori.fleet.ReportAnswer.Accepted;
import io.sekimori.fleet.ReportAnswer.Dropped;
import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** As many reports at once as the link to the broker has lanes. */
class ReportsAtOnceTest {

    private static final int GATEWAYS = 16;
    private static final int REPORTS = 5;

    @OnBothDatabases
    void allAreKeptInTheirOrderAndAForgedOneAmongThemSpoilsNone(Consoles consoles) throws Exception {
        TestFleet test = new TestFleet(consoles);
        List<Device> devices = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < GATEWAYS; i++) {
            devices.add(new Device("SN-" + i));
            ids.add(test.activate(devices.get(i)));
        }
        Device mallory = devices.get(0);

        List<Future<List<ReportAnswer>>> answers = new ArrayList<>();
        ExecutorService senders = Executors.newFixedThreadPool(GATEWAYS);
        for (int i = 0; i < GATEWAYS; i++) {
            Device sender = devices.get(i);
            String id = ids.get(i);
            Device victim = devices.get((i + 1) % GATEWAYS);
            String victimId = ids.get((i + 1) % GATEWAYS);
            answers.add(senders.submit(() -> {
                List<ReportAnswer> told = new ArrayList<>();
                for (int number = 1; number <= REPORTS; number++) {
                    told.add(test.fleet.report(id, sender.report(bundle("org.example.a", number + ".0.0"))));
                    if (sender == mallory) {
                        told.add(test.fleet.report(
                                victimId, sender.pretending(victim, bundle("org.example.evil", "1.0.0"))));
                    }
                }
                return told;
            }));
        }
        senders.shutdown();

        for (int i = 1; i < GATEWAYS; i++) {
            assertThat(answers.get(i).get()).hasSize(REPORTS).allMatch(Accepted.class::isInstance);
        }
        assertThat(answers.get(0).get())
                .filteredOn(Dropped.class::isInstance)
                .hasSize(REPORTS)
                .allMatch(answer -> ((Dropped) answer).code() == FleetCode.REPORT_FORGED);
        for (String id : ids) {
            assertThat(test.another()
                            .get(id)
                            .orElseThrow()
                            .report()
                            .orElseThrow()
                            .bundles())
                    .extracting(bundle -> bundle.symbolicName() + " " + bundle.version())
                    .containsExactly("org.example.a " + REPORTS + ".0.0");
        }
    }
}
