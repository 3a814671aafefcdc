package io.sekimori.fleet.records;

import static io.sekimori.fleet.records.Device.bundle;
import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.fleet.Filter;
import io.sekimori.fleet.FleetException;
import io.sekimori.fleet.Gateway;
import io.sekimori.fleet.Page;
import io.sekimori.fleet.Sign;
import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class PagesTest {

    @OnBothDatabases
    void pagesNeitherSkipNorRepeat(Consoles consoles) throws FleetException {
        TestFleet test = new TestFleet(consoles);
        List<String> serials = List.of("A-1", "B-1", "B-2", "C_1", "a-1");
        for (String serial : serials) {
            test.register(serial);
        }

        List<String> seen = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            Page page = test.fleet.page(Filter.ALL, after, 2);
            page.gateways().forEach(gateway -> seen.add(gateway.serial()));
            after = page.next();
        } while (after.isPresent());

        assertThat(seen).containsExactlyElementsOf(serials);
        assertThat(test.fleet.count(Filter.ALL)).isEqualTo(5);
    }

    @OnBothDatabases
    void everyConditionOfAFilterCounts(Consoles consoles) throws FleetException {
        TestFleet test = new TestFleet(consoles);
        Device device = new Device("SN-1");
        String running = test.activate(device);
        test.fleet.report(running, device.report(bundle("org.example.a", "1.0.0")));
        test.fleet.heard(running, new Sign.Born(Map.of("os", "Linux")));
        String labelled = test.register("TN-2", "site:tokyo");

        assertThat(ids(test, Map.of("serial", "SN"))).containsExactly(running);
        assertThat(ids(test, Map.of("life", "PROVISIONED"))).containsExactly(labelled);
        assertThat(ids(test, Map.of("connected", "true"))).containsExactly(running);
        assertThat(ids(test, Map.of("connected", "false"))).containsExactly(labelled);
        assertThat(ids(test, Map.of("label", "site:tokyo"))).containsExactly(labelled);
        assertThat(ids(test, Map.of("bundle", "org.example.a"))).containsExactly(running);
        assertThat(ids(test, Map.of("bundle", "org.example.a", "version", "2.0.0")))
                .isEmpty();
        assertThat(ids(test, Map.of("model", "M-1"))).containsExactly(running, labelled);
        assertThat(ids(test, Map.of("model", "M-1' or '1'='1"))).isEmpty();
    }

    @OnBothDatabases
    void aBundleThatIsGoneIsFoundNoMore(Consoles consoles) throws FleetException {
        TestFleet test = new TestFleet(consoles);
        Device device = new Device("SN-1");
        String id = test.activate(device);
        test.fleet.report(id, device.report(bundle("org.example.a", "1.0.0"), bundle("org.example.b", "1.0.0")));

        test.fleet.report(id, device.report(bundle("org.example.b", "1.1.0")));

        assertThat(ids(test, Map.of("bundle", "org.example.a"))).isEmpty();
        assertThat(ids(test, Map.of("bundle", "org.example.b", "version", "1.1.0")))
                .containsExactly(id);
        assertThat(ids(test, Map.of("bundle", "org.example.b", "version", "1.0.0")))
                .isEmpty();
    }

    @OnBothDatabases
    void comingAndGoingIsSeen(Consoles consoles) throws FleetException {
        TestFleet test = new TestFleet(consoles);
        String id = test.register("SN-1");

        test.fleet.heard(id, new Sign.Born(Map.of("os", "Linux\u0007", "no such name!", "x")));
        Gateway born = test.fleet.get(id).orElseThrow();
        test.fleet.heard(id, new Sign.Left());
        Gateway left = test.fleet.get(id).orElseThrow();
        test.fleet.heard(id, new Sign.Spoke());

        assertThat(born.contact().connected()).isTrue();
        assertThat(born.contact().birth()).containsExactly(Map.entry("os", "Linux?"));
        assertThat(left.contact().connected()).isFalse();
        assertThat(left.contact().birth()).isEqualTo(born.contact().birth());
        assertThat(test.fleet.get(id).orElseThrow().contact().connected()).isTrue();
        assertThat(test.fleet.heard("g-aaaaaaaaaaaa", new Sign.Spoke())).isFalse();
    }

    private static List<String> ids(TestFleet test, Map<String, String> words) throws FleetException {
        Filter filter = Filter.of(words);
        List<String> ids = test.fleet.page(filter, Optional.empty(), 50).gateways().stream()
                .map(Gateway::id)
                .toList();
        assertThat(test.fleet.ids(filter, 50)).isEqualTo(ids);
        assertThat(test.fleet.ids(filter, 1)).isEqualTo(ids.stream().limit(1).toList());
        return ids;
    }
}
