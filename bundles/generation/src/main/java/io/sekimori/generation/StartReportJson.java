package io.sekimori.generation;

import io.sekimori.generation.StartReport.Finding;
import io.sekimori.generation.StartReport.NotStarted;
import io.sekimori.generation.StartReport.PassedOver;
import io.sekimori.generation.StartReport.Phase;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The form of one report in {@code state/start.json}. */
final class StartReportJson {

    private StartReportJson() {}

    static StartReport read(JsonObject json) throws MalformedJson {
        try {
            Optional<JsonObject> lastWords = json.optionalObject("lastWords");
            return new StartReport(
                    Instant.parse(json.string("at")),
                    json.number("pid"),
                    Phase.valueOf(json.string("phase")),
                    optionalInteger(json, "generation"),
                    json.optionalString("reason"),
                    optionalInteger(json, "triesLeft"),
                    list(
                            json,
                            "passedOver",
                            each -> new PassedOver(
                                    Format.integer(each, "generation"), each.string("code"), each.string("detail"))),
                    json.optionalString("slot"),
                    json.string("java"),
                    Format.integer(json, "filesVerified"),
                    Duration.ofMillis(json.number("verifyMillis")),
                    Duration.ofMillis(json.number("readyMillis")),
                    list(json, "notStarted", each -> new NotStarted(each.string("bundle"), each.string("detail"))),
                    list(json, "findings", each -> new Finding(each.string("code"), each.string("detail"))),
                    lastWords.isEmpty() ? Optional.empty() : Optional.of(LastWords.of(lastWords.get())));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new MalformedJson("this is no report of a start", e);
        }
    }

    static Map<String, Object> members(StartReport report) {
        Map<String, Object> json = new TreeMap<>();
        json.put("at", report.at().toString());
        json.put("pid", report.pid());
        json.put("phase", report.phase().name());
        report.generation().ifPresent(number -> json.put("generation", (long) number));
        report.reason().ifPresent(reason -> json.put("reason", reason));
        report.triesLeft().ifPresent(tries -> json.put("triesLeft", (long) tries));
        json.put(
                "passedOver",
                report.passedOver().stream()
                        .map(each -> Map.of(
                                "generation", (long) each.generation(), "code", each.code(), "detail", each.detail()))
                        .toList());
        report.slot().ifPresent(slot -> json.put("slot", slot));
        json.put("java", report.java());
        json.put("filesVerified", (long) report.filesVerified());
        json.put("verifyMillis", report.verifyTime().toMillis());
        json.put("readyMillis", report.readyTime().toMillis());
        json.put(
                "notStarted",
                report.notStarted().stream()
                        .map(each -> Map.of("bundle", each.bundle(), "detail", each.detail()))
                        .toList());
        json.put(
                "findings",
                report.findings().stream()
                        .map(each -> Map.of("code", each.code(), "detail", each.detail()))
                        .toList());
        report.lastWords().ifPresent(words -> json.put("lastWords", words.members()));
        return json;
    }

    private static Optional<Integer> optionalInteger(JsonObject json, String name) throws MalformedJson {
        return json.has(name) ? Optional.of(Format.integer(json, name)) : Optional.empty();
    }

    private static <T> List<T> list(JsonObject json, String name, Element<T> element) throws MalformedJson {
        List<T> list = new ArrayList<>();
        for (JsonObject each : json.objects(name)) {
            list.add(element.read(each));
        }
        return list;
    }

    @FunctionalInterface
    private interface Element<T> {
        T read(JsonObject json) throws MalformedJson;
    }
}
