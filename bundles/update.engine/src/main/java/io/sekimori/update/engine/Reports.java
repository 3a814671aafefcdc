package io.sekimori.update.engine;

import io.sekimori.generation.Unit;
import io.sekimori.keys.KeyException;
import io.sekimori.keys.Keys;
import io.sekimori.trust.CanonicalJson;
import io.sekimori.trust.DurableFile;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import io.sekimori.update.TransitionReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.osgi.service.log.Logger;

/**
 * Finished transitions on the disk: {@code state/transitions/<id>.json}, the newest {@value #KEPT} of them, each signed
 * by the device key over the canonical form of its {@code report}. A report that cannot be signed is kept unsigned and
 * says so: the end of a transition waits for nobody. Thread-safe.
 */
final class Reports {

    static final int KEPT = 20;

    private static final int MAX_BYTES = 1 << 20;

    /** @param audited whether the audit has it */
    record Filed(TransitionReport report, boolean audited) {}

    private final Unit unit;
    private final Capabilities capabilities;
    private final AttackCount attacks;
    private final Logger log;

    /** @param data the engine's own folder */
    Reports(Unit unit, Capabilities capabilities, Path data, Logger log) {
        this.unit = unit;
        this.capabilities = capabilities;
        this.attacks = new AttackCount(data.resolve("attacks.json"), log);
        this.log = log;
    }

    /**
     * How many attacks were refused since the unit was made.
     *
     * @param recent all reports that are kept
     */
    long attacks(List<TransitionReport> recent) {
        return attacks.with(recent);
    }

    /** Files a report, and throws old ones away. */
    void file(TransitionReport report, boolean audited) throws IOException {
        Map<String, Object> members = ReportJson.members(report);
        Map<String, Object> json = new TreeMap<>(Map.of("format", 1L, "report", members, "audited", audited));
        sign(CanonicalJson.bytes(members), json);
        Files.createDirectories(unit.transitions());
        DurableFile.write(unit.transitions().resolve(report.id() + ".json"), JsonText.bytes(json));
        prune();
    }

    /** Newest first, whatever the clock did between them: the number of a next generation is used once and only grows. */
    List<Filed> recent() {
        List<Filed> reports = new ArrayList<>();
        for (Path file : files()) {
            read(file).ifPresent(reports::add);
        }
        reports.sort(Comparator.comparingInt((Filed filed) -> filed.report().to())
                .thenComparing(filed -> filed.report().ended())
                .reversed());
        return List.copyOf(reports);
    }

    /** As {@link #recent}, whether or not the audit has them. */
    List<TransitionReport> newest() {
        return recent().stream().map(Filed::report).toList();
    }

    /** The report of one transition. */
    Optional<TransitionReport> of(String id) {
        return newest().stream().filter(report -> report.id().equals(id)).findFirst();
    }

    private void sign(byte[] report, Map<String, Object> json) {
        Optional<Keys> keys = capabilities.keys();
        if (keys.isEmpty()) {
            json.put("unsigned", "no keys service was there");
            return;
        }
        try {
            json.put("signature", Base64.getEncoder().encodeToString(keys.get().sign(Keys.DEVICE, report)));
            keys.get().publicKey(Keys.DEVICE).ifPresent(key -> {
                json.put("device", key.id());
                json.put("algorithm", key.algorithm().name());
            });
        } catch (KeyException e) {
            json.put("unsigned", e.code().name());
        }
    }

    private Optional<Filed> read(Path file) {
        try {
            Optional<byte[]> bytes = DurableFile.read(file, MAX_BYTES);
            if (bytes.isEmpty()) {
                return Optional.empty();
            }
            JsonObject json = JsonObject.parse(bytes.get(), MAX_BYTES);
            return Optional.of(new Filed(ReportJson.report(json.object("report")), json.bool("audited")));
        } catch (IOException | MalformedJson e) {
            log.warn("The report {} cannot be read: {}", file.getFileName(), e.getMessage());
            return Optional.empty();
        }
    }

    private List<Path> files() {
        if (!Files.isDirectory(unit.transitions())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(unit.transitions())) {
            return files.filter(file -> file.getFileName().toString().endsWith(".json"))
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .toList();
        } catch (IOException e) {
            log.warn("The reports of transitions cannot be listed: {}", e.getMessage());
            return List.of();
        }
    }

    private void prune() throws IOException {
        List<Filed> all = recent();
        if (!attacks.keeps(all.stream().map(Filed::report).toList())) {
            return; // they go once they are counted
        }
        for (Filed old : all.subList(Math.min(KEPT, all.size()), all.size())) {
            Files.deleteIfExists(unit.transitions().resolve(old.report().id() + ".json"));
            Files.deleteIfExists(unit.transitions().resolve(old.report().id() + ".log"));
        }
    }
}
