package io.sekimori.update.engine;

import io.sekimori.trust.DurableFile;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import io.sekimori.update.TransitionReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.log.Logger;

/**
 * How many attacks this unit refused since it was made, also those whose reports are gone. Each transition counts once, however
 * often it is shown, so that a power cut between its report and the count costs neither. Written only when there is a new
 * one. A count that cannot be read begins again with the reports that are kept. Thread-safe.
 */
final class AttackCount {

    private static final int MAX_BYTES = 16_384;

    private final Path file;
    private final Logger log;

    AttackCount(Path file, Logger log) {
        this.file = file;
        this.log = log;
    }

    /** @param counted those of the reports that are kept, by the id of the transition */
    private record Counted(long total, Set<String> counted) {}

    /**
     * The count.
     *
     * @param recent all reports that are kept
     */
    synchronized long with(List<TransitionReport> recent) {
        Counted before = read();
        Set<String> now = new HashSet<>();
        recent.stream().filter(Attacks::isOne).forEach(report -> now.add(report.id()));
        long more = now.stream().filter(id -> !before.counted().contains(id)).count();
        if (more > 0) {
            write(new Counted(before.total() + more, now));
        }
        return before.total() + more;
    }

    private Counted read() {
        try {
            Optional<byte[]> bytes = DurableFile.read(file, MAX_BYTES);
            if (bytes.isPresent()) {
                JsonObject json = JsonObject.parse(bytes.get(), MAX_BYTES);
                return new Counted(Math.max(0, json.number("total")), Set.copyOf(json.strings("counted")));
            }
        } catch (IOException | MalformedJson | IllegalArgumentException e) {
            log.warn("The count of attacks cannot be read and begins again: {}", e.getMessage());
        }
        return new Counted(0, Set.of());
    }

    private void write(Counted count) {
        try {
            Files.createDirectories(file.getParent());
            DurableFile.write(
                    file, JsonText.bytes(Map.of("total", count.total(), "counted", List.copyOf(count.counted()))));
        } catch (IOException e) {
            // What is kept of them is counted with the next report.
            log.warn("The count of attacks cannot be kept: {}", e.getMessage());
        }
    }
}
