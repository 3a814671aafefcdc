package io.sekimori.cli;

import io.sekimori.generation.Confirmed;
import io.sekimori.generation.Unit;
import io.sekimori.trust.DurableFile;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
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
            Path evidence = unit.evidence(confirmed.get().generation());
            for (String name : List.of("release/timestamp.json", "director/targets.json")) {
                Optional<Instant> expires = expires(evidence.resolve(name));
                expires.filter(now::isAfter)
                        .ifPresent(since -> findings.add(Finding.note("METADATA_EXPIRED", name + " since " + since)));
            }
        }
        return findings;
    }

    private static Optional<Instant> expires(Path file) throws IOException {
        try {
            Optional<byte[]> bytes = DurableFile.read(file, JsonObject.MAX_BYTES);
            return bytes.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Instant.parse(
                            JsonObject.parse(bytes.get()).object("signed").string("expires")));
        } catch (MalformedJson | DateTimeException e) {
            // Verification of the generation says so, and with the better code.
            return Optional.empty();
        }
    }
}
