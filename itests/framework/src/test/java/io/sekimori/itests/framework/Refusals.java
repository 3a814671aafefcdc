package io.sekimori.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.sekimori.update.PlanAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Sees to it that a refusal is all that happens. */
record Refusals(Gateway gateway) {

    // A dry run changes nothing, so it needs neither permission nor audit.
    private static final Set<String> NOT_SEEN_BY_A_DRY_RUN =
            Set.of("UPDATES_DISABLED", "AUDIT_UNAVAILABLE", "CONFIG_UNAVAILABLE");

    /** The pack is refused for that reason, and neither generations nor pointer nor bundles change. */
    void refused(String code, Path pack) throws Exception {
        TreeMap<String, Integer> bundles = gateway.bundles();
        List<String> unit = unit();

        // The dry run says the same and touches nothing at all.
        PlanAnswer plan = gateway.update().plan(pack);
        if (!NOT_SEEN_BY_A_DRY_RUN.contains(code)) {
            assertTrue(plan.toString(), plan instanceof PlanAnswer.Refused);
            assertEquals(code, ((PlanAnswer.Refused) plan).reason().code());
        }
        assertEquals(code, gateway.refusal(pack));

        assertEquals(bundles, gateway.bundles());
        assertEquals(unit, unit());
    }

    private List<String> unit() throws IOException {
        Path unit = gateway.bench().unit();
        try (Stream<Path> generations = Files.list(unit.resolve("generations"))) {
            return Stream.concat(
                            Stream.of(Files.readString(unit.resolve("state/confirmed.json"))),
                            generations.map(Path::toString).sorted())
                    .toList();
        }
    }
}
