package io.sekimori.fleet.records;

import static io.sekimori.fleet.records.Device.bundle;
import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.fleet.Gateway;
import io.sekimori.fleet.Life;
import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import io.sekimori.trust.JsonObject;
import io.sekimori.web.Body;
import io.sekimori.web.Caller;
import io.sekimori.web.Permission;
import io.sekimori.web.Request;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReportsResourceTest {

    @OnBothDatabases
    void aReportIsOnDiskWhenItIsAnswered(Consoles consoles) throws Exception {
        TestFleet test = new TestFleet(consoles);
        Device device = new Device("SN-1");
        String id = test.activate(device);

        byte[] report = device.report(bundle("org.example.a", "1.0.0"));
        Response answer = post(test, id, report);

        assertThat(answer.status()).isEqualTo(204);
        assertThat(test.fleet.signedReports(Set.of(id))).containsEntry(id, new String(report, StandardCharsets.UTF_8));
        Gateway gateway = test.another().get(id).orElseThrow();
        assertThat(gateway.report()).isPresent();
        assertThat(gateway.contact().lastHeard()).contains(test.now);
        assertThat(gateway.contact().connected()).isFalse();
    }

    @OnBothDatabases
    void theIdIsThatOfTheCertificate(Consoles consoles) throws Exception {
        TestFleet test = new TestFleet(consoles);
        Device victim = new Device("SN-1");
        Device mallory = new Device("SN-2");
        String id = test.activate(victim);
        String own = test.activate(mallory);

        Response answer = post(test, own, victim.report(bundle("org.example.a", "1.0.0")));

        assertThat(code(answer)).isEqualTo("REPORT_FORGED");
        assertThat(test.fleet.get(id).orElseThrow().report()).isEmpty();
        assertThat(test.fleet.get(own).orElseThrow().dropped()).isEqualTo(1);
    }

    @OnBothDatabases
    void whatIsNotNeededAnyMoreIsTakenAndWhoIsNotBelievedHearsIt(Consoles consoles) throws Exception {
        TestFleet test = new TestFleet(consoles);
        Device device = new Device("SN-1");
        String id = test.activate(device);
        byte[] report = device.report(bundle("org.example.a", "1.0.0"));
        post(test, id, report);
        post(test, id, device.report(bundle("org.example.a", "2.0.0")));

        assertThat(post(test, id, report).status()).isEqualTo(204);
        test.fleet.move(id, Life.SUSPENDED, OptionalLong.empty(), "person:alice");
        assertThat(code(post(test, id, report))).isEqualTo("GATEWAY_NOT_TRUSTED");
    }

    @Test
    void onlyGatewaysMayComeThisWay() {
        assertThat(new ReportsResource().routes()).extracting(Route::permission).containsOnly(Permission.GATEWAY);
    }

    private static Response post(TestFleet test, String id, byte[] report) throws Exception {
        ReportsResource resource = new ReportsResource();
        resource.fleet = test.fleet;
        return resource.handle(Request.of(resource.routes().get(0), new Caller.Gateway(id))
                .sending(JsonObject.parse(report).asMap()));
    }

    private static String code(Response response) {
        return ((Body.Refused) response.body()).problem().code().name();
    }
}
