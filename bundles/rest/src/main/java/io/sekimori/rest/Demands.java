package io.sekimori.rest;

import io.sekimori.fleet.Fleet;
import io.sekimori.fleet.FleetException;
import io.sekimori.fleet.Gateway;
import io.sekimori.trust.ApprovalDemand;
import io.sekimori.trust.SignedReport;
import io.sekimori.trust.TrustException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What gateways demand of people, as each of them said in its newest signed report, which the fleet verified when it came. A
 * report is read once, and one of each gateway is remembered, of a bounded number of gateways. Thread-safe.
 */
final class Demands {

    private static final int MOST = 10_000;

    private final Map<String, Read> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Read> eldest) {
            return size() > MOST;
        }
    };

    /** What a report of this number said. */
    private record Read(long sequence, Optional<ApprovalDemand> demand) {}

    /** By gateway id; empty for those that do not say, such as gateways of before. */
    Map<String, Optional<ApprovalDemand>> of(Fleet fleet, List<Gateway> gateways) throws FleetException {
        Map<String, Optional<ApprovalDemand>> demands = new HashMap<>();
        Map<String, Long> unread = new HashMap<>();
        synchronized (known) {
            for (Gateway gateway : gateways) {
                long sequence = gateway.report().map(said -> said.sequence()).orElse(0L);
                Read read = known.get(gateway.id());
                boolean newest = read != null && read.sequence() == sequence;
                demands.put(gateway.id(), newest ? read.demand() : Optional.empty());
                if (!newest && gateway.report().isPresent()) {
                    unread.put(gateway.id(), sequence);
                }
            }
        }
        if (!unread.isEmpty()) {
            read(fleet.signedReports(Set.copyOf(unread.keySet())), unread, demands);
        }
        return demands;
    }

    /** Of how many gateways something is remembered. */
    int remembered() {
        synchronized (known) {
            return known.size();
        }
    }

    private void read(
            Map<String, String> signed, Map<String, Long> unread, Map<String, Optional<ApprovalDemand>> demands) {
        Map<String, Read> read = new HashMap<>();
        signed.forEach((gateway, report) -> read.put(gateway, new Read(unread.get(gateway), demand(report))));
        read.forEach((gateway, said) -> demands.put(gateway, said.demand()));
        synchronized (known) {
            known.putAll(read);
        }
    }

    private static Optional<ApprovalDemand> demand(String signed) {
        try {
            return SignedReport.unverified(signed.getBytes(StandardCharsets.UTF_8))
                    .noted()
                    .approvals();
        } catch (TrustException e) {
            return Optional.empty(); // of a form that is not known here any more
        }
    }
}
