package io.sekimori.status.signed;

import io.sekimori.status.Finding;
import io.sekimori.trust.DurableFile;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Since when each finding is there, through swaps and restarts: {@code findings.json}. Two versions that are alive at once
 * see the same and so write the same. Thread-safe.
 */
final class Findings {

    static final int MOST = 200;

    private static final int MAX_BYTES = 1 << 20;

    private final Path file;
    private Map<String, Instant> open;

    Findings(Path file) {
        this.file = file;
        this.open = read();
    }

    /** Each with the earliest time it was seen; none twice; what is found no more is forgotten. */
    synchronized List<Finding> of(List<Finding> found) {
        Map<String, Instant> now = new TreeMap<>();
        List<Finding> findings = new ArrayList<>();
        for (Finding one : found) {
            String key = one.code() + " " + one.detail();
            if (now.size() < MOST && !now.containsKey(key)) {
                Instant known = open.getOrDefault(key, one.since());
                Instant since = known.isBefore(one.since()) ? known : one.since();
                now.put(key, since);
                findings.add(new Finding(one.code(), one.detail(), since));
            }
        }
        if (!now.equals(open)) {
            open = now;
            write(now);
        }
        return findings;
    }

    private Map<String, Instant> read() {
        Map<String, Instant> known = new TreeMap<>();
        try {
            Optional<byte[]> bytes = DurableFile.read(file, MAX_BYTES);
            if (bytes.isPresent()) {
                JsonObject json = JsonObject.parse(bytes.get(), MAX_BYTES).object("since");
                for (String key : json.names()) {
                    known.put(key, Instant.parse(json.string(key)));
                }
            }
        } catch (IOException | MalformedJson | DateTimeException e) {
            return new TreeMap<>(); // they are findings still, only younger
        }
        return known;
    }

    private void write(Map<String, Instant> now) {
        Map<String, String> since = new TreeMap<>();
        now.forEach((key, instant) -> since.put(key, instant.toString()));
        try {
            Files.createDirectories(file.getParent());
            DurableFile.write(file, JsonText.bytes(Map.of("format", 1L, "since", since)));
        } catch (IOException e) {
            open = new TreeMap<>(now); // kept in memory: a full disk is told by the sequence, which cannot go on
        }
    }
}
