package io.sekimori.generation;

import io.sekimori.trust.DurableFile;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The reports of the last starts: {@code state/start.json}, newest first, at most {@value #MAX_REPORTS}.
 *
 * <p>Thread-safe for readers; one writer at a time.
 *
 * @param unit the unit
 */
public record StartLog(Unit unit) {

    /** How many reports are kept. */
    public static final int MAX_REPORTS = 10;

    private static final int MAX_BYTES = 4 * 1024 * 1024;

    /** The reports, newest first; none on a unit that was never started. */
    public List<StartReport> read() throws IOException, MalformedJson {
        Optional<byte[]> bytes = DurableFile.read(unit.startFile(), MAX_BYTES);
        if (bytes.isEmpty()) {
            return List.of();
        }
        return parse(bytes.get());
    }

    static List<StartReport> parse(byte[] utf8) throws MalformedJson {
        List<StartReport> reports = new ArrayList<>();
        for (JsonObject report : Format.require(utf8, 1).objects("starts")) {
            reports.add(StartReportJson.read(report));
        }
        return List.copyOf(reports);
    }

    static byte[] bytes(List<StartReport> reports) {
        return JsonText.bytes(Map.of(
                "format",
                1L,
                "starts",
                reports.stream().map(StartReportJson::members).toList()));
    }

    /** Puts the report in front, in place of an earlier one of the same start. A log that cannot be read is begun anew. */
    public void record(StartReport report) throws IOException {
        List<StartReport> reports = new ArrayList<>();
        reports.add(report);
        try {
            read().stream()
                    .filter(other -> other.pid() != report.pid() || !other.at().equals(report.at()))
                    .limit(MAX_REPORTS - 1)
                    .forEach(reports::add);
        } catch (MalformedJson e) {
            // A damaged report must not keep the next one from being written.
            reports.subList(1, reports.size()).clear();
        }
        Files.createDirectories(unit.state());
        DurableFile.write(unit.startFile(), bytes(reports));
    }
}
