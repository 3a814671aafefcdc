package io.sekimori.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.fleet.DeviceReport;
import io.sekimori.fleet.Fleet;
import io.sekimori.fleet.Gateway;
import io.sekimori.fleet.Life;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DemandsTest {

    private final AtomicInteger reads = new AtomicInteger();
    private final Fleet fleet = Faked.service(Fleet.class, (method, arguments) -> {
        assertThat(method).isEqualTo("signedReports");
        reads.incrementAndGet();
        return Map.of("g-1", "of a form that is not known");
    });
    private final Demands demands = new Demands();

    @Test
    void ofEachGatewayOneReportIsReadOnceAndRemembered() throws Exception {
        for (long sequence = 1; sequence <= 3; sequence++) {
            demands.of(fleet, List.of(gateway(sequence)));
            assertThat(demands.of(fleet, List.of(gateway(sequence)))).containsEntry("g-1", Optional.empty());
            assertThat(reads).hasValue((int) sequence);
        }

        assertThat(demands.remembered()).isEqualTo(1);
    }

    private static Gateway gateway(long sequence) {
        DeviceReport report =
                new DeviceReport(sequence, Instant.EPOCH, "", 1, true, 1, 1, List.of(), List.of(), Optional.empty());
        return new Gateway(
                "g-1",
                "0001",
                "M-1",
                Life.ACTIVATED,
                Optional.empty(),
                Set.of(),
                Gateway.Contact.NONE,
                Optional.of(report),
                Optional.empty(),
                0,
                Instant.EPOCH,
                1);
    }
}
