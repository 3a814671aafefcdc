package io.sekimori.cli;

import io.sekimori.generation.Confirmed;
import io.sekimori.generation.Expiry;
import io.sekimori.generation.Unit;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says when the metadata that vouched for what runs is past its expiry: it starts, but nobody has renewed it. */
final class ExpiryFindings {

    private ExpiryFindings() {}

    static List<Finding> of(Unit unit, Optional<Confirmed> confirmed, Instant now) throws IOException {
        List<Finding> findings = new ArrayList<>();
        if (confirmed.isPresent()) {
            Expiry.past(unit, confirmed.get().generation(), now)
                    .forEach((name, since) -> findings.add(Finding.note("METADATA_EXPIRED", name + " since " + since)));
        }
        return findings;
    }
}
