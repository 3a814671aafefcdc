package io.sekimori.update.engine;

import io.sekimori.trust.DurableFile;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import io.sekimori.update.TransitionReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.osgi.service.log.Logger;

/**
 * How many attacks this unit refused since it was made, also those whose reports are gone. Each transition counts once, however
 * often it is shown, so that a power cut between its report and the count costs neither. Written only when there is a new
 * one. A count that is damaged begins again with the reports that are kept; one that the disk does not give is left alone. Thread-safe.
 */
final class AttackCount {

    private static final int MAX_BYTES = 16_384;

    /** Far more than reports are kept, so that one that cannot be read for a moment is not counted anew. */
    private static final int REMEMBERED = 200;

    private final Path file;
    private final Logger log;
    private Counted known = new Counted(0, Set.of());

    AttackCount(Path file, Logger log) {
        this.file = file;
        this.log = log;
    }

    /** @param counted ids of transitions, which begin with the time */
    private record Counted(long total, Set<String> counted) {}

    /**
     * The count.
     *
     * @param recent all reports that are kept
     */
    synchronized long with(List<TransitionReport> recent) {
        return counted(recent).total();
    }

    /** Whether all of these are counted for good, so that their reports may go. */
    synchronized boolean keeps(List<TransitionReport> recent) {
        Counted now = counted(recent);
        return recent.stream().noneMatch(Attacks::isOne)
                || read().filter(now::equals).isPresent();
    }

    private Counted counted(List<TransitionReport> recent) {
        Optional<Counted> kept = read();
        Counted before = kept.orElse(known);
        Set<String> shown =
                recent.stream().filter(Attacks::isOne).map(TransitionReport::id).collect(Collectors.toSet());
        TreeSet<String> now = new TreeSet<>(before.counted());
        now.addAll(shown);
        long more = now.size() - before.counted().size();
        // The oldest by their names go first; none that is still shown does, whatever the clock said when it was made.
        for (String old : List.copyOf(now)) {
            if (now.size() > REMEMBERED && !shown.contains(old)) {
                now.remove(old);
            }
        }
        Counted counted = new Counted(before.total() + more, now);
        if (kept.isPresent()) {
            known = counted;
            if (more > 0) {
                write(counted);
            }
        }
        return counted;
    }

    /** Empty if the disk does not say: what is there may be whole, and must not be written over. */
    private Optional<Counted> read() {
        try {
            Optional<byte[]> bytes = DurableFile.read(file, MAX_BYTES);
            if (bytes.isPresent()) {
                JsonObject json = JsonObject.parse(bytes.get(), MAX_BYTES);
                return Optional.of(new Counted(Math.max(0, json.number("total")), Set.copyOf(json.strings("counted"))));
            }
        } catch (IOException e) {
            log.warn("The count of attacks cannot be read now: {}", e.getMessage());
            return Optional.empty();
        } catch (MalformedJson | IllegalArgumentException e) {
            log.warn("The count of attacks is damaged and begins again: {}", e.getMessage());
        }
        return Optional.of(new Counted(0, Set.of()));
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
