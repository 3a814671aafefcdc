package io.sekimori.trust;

import io.sekimori.trust.UnitReport.Item;
import io.sekimori.trust.UnitReport.Last;
import io.sekimori.trust.UnitReport.Noted;
import io.sekimori.trust.UnitReport.Running;
import io.sekimori.trust.UnitReport.Swapped;
import io.sekimori.trust.UnitReport.Trusted;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The form of a {@link UnitReport}. Members that are not known are ignored, so that later units are still heard. */
final class UnitReportJson {

    private static final int MAX_ITEMS = 4_096;

    private UnitReportJson() {}

    static Map<String, Object> members(UnitReport report) {
        Map<String, Object> json = new TreeMap<>();
        json.put("device", report.device());
        json.put("model", report.model());
        json.put("serial", report.serial());
        json.put("running", running(report.running()));
        json.put("trusted", trusted(report.trusted()));
        report.last().ifPresent(last -> json.put("transition", last(last)));
        json.put("findings", report.findings());
        json.put("time", report.time().toString());
        json.put("sequence", report.sequence());
        json.put("nonce", report.nonce());
        json.put("noted", noted(report.noted()));
        return json;
    }

    private static Map<String, Object> noted(Noted noted) {
        Map<String, Object> json = new TreeMap<>();
        json.put("attacks", noted.attacks());
        json.put("belowFloor", noted.belowFloor());
        noted.approvals().ifPresent(demand -> json.put("approvals", demand.json()));
        return json;
    }

    private static Map<String, Object> running(Running running) {
        return Map.of(
                "generation", (long) running.generation(),
                "confirmed", (long) running.confirmed(),
                "assignment", running.assignment(),
                "bundles", running.bundles().stream().map(UnitReportJson::item).toList(),
                "slot", running.slot().stream().map(UnitReportJson::item).toList(),
                "configurations", running.configurations());
    }

    private static Map<String, Object> item(Item item) {
        return Map.of(
                "symbolicName", item.symbolicName(),
                "version", item.version(),
                "sha256", item.sha256(),
                "startLevel", (long) item.startLevel());
    }

    private static Map<String, Object> trusted(Trusted trusted) {
        return Map.of(
                "releaseRoot", trusted.releaseRoot(),
                "timestamp", trusted.timestamp(),
                "snapshot", trusted.snapshot(),
                "targets", trusted.targets(),
                "directorRoot", trusted.directorRoot(),
                "assignment", trusted.assignment());
    }

    private static Map<String, Object> last(Last last) {
        Map<String, Object> json = new TreeMap<>();
        json.put("id", last.id());
        json.put("from", (long) last.from());
        json.put("to", (long) last.to());
        json.put("assignment", last.assignment());
        json.put("outcome", last.outcome());
        json.put("running", (long) last.running());
        json.put("code", last.code());
        json.put("detail", last.detail());
        json.put("person", last.person());
        json.put("channel", last.channel());
        json.put("started", last.started().toString());
        json.put("ended", last.ended().toString());
        last.offlineStale().ifPresent(since -> json.put("offlineStale", since.toString()));
        json.put(
                "swaps",
                last.swaps().stream()
                        .map(swap -> Map.of(
                                "symbolicName", swap.symbolicName(),
                                "action", swap.action(),
                                "gapMicros", swap.gapMicros(),
                                "tookMicros", swap.tookMicros()))
                        .toList());
        return json;
    }

    static UnitReport read(JsonObject json) throws MalformedJson {
        try {
            Optional<JsonObject> last = json.optionalObject("transition");
            return new UnitReport(
                    json.string("device"),
                    json.string("model"),
                    json.string("serial"),
                    running(json.object("running")),
                    trusted(json.object("trusted")),
                    last.isPresent() ? Optional.of(last(last.get())) : Optional.empty(),
                    json.strings("findings"),
                    Instant.parse(json.string("time")),
                    json.number("sequence"),
                    json.string("nonce"),
                    noted(json.optionalObject("noted")));
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw new MalformedJson("the report has a value that cannot be: " + e.getMessage(), e);
        }
    }

    // Earlier units note nothing.
    private static Noted noted(Optional<JsonObject> json) throws MalformedJson {
        if (json.isEmpty()) {
            return Noted.NOTHING;
        }
        Optional<JsonObject> approvals = json.get().optionalObject("approvals");
        return new Noted(
                json.get().number("attacks"),
                json.get().strings("belowFloor"),
                approvals.flatMap(ApprovalDemand::read));
    }

    private static Running running(JsonObject json) throws MalformedJson {
        return new Running(
                Math.toIntExact(json.number("generation")),
                Math.toIntExact(json.number("confirmed")),
                json.number("assignment"),
                items(json, "bundles"),
                items(json, "slot"),
                AssignmentJson.configurations(json.object("configurations")));
    }

    private static List<Item> items(JsonObject json, String name) throws MalformedJson {
        List<JsonObject> listed = json.objects(name);
        if (listed.size() > MAX_ITEMS) {
            throw new MalformedJson("more than " + MAX_ITEMS + " in " + name);
        }
        List<Item> items = new ArrayList<>();
        for (JsonObject item : listed) {
            items.add(new Item(
                    item.string("symbolicName"),
                    item.string("version"),
                    item.string("sha256"),
                    Math.toIntExact(item.number("startLevel"))));
        }
        return items;
    }

    private static Trusted trusted(JsonObject json) throws MalformedJson {
        return new Trusted(
                json.number("releaseRoot"),
                json.number("timestamp"),
                json.number("snapshot"),
                json.number("targets"),
                json.number("directorRoot"),
                json.number("assignment"));
    }

    private static Last last(JsonObject json) throws MalformedJson {
        List<Swapped> swaps = new ArrayList<>();
        for (JsonObject swap : json.objects("swaps")) {
            swaps.add(new Swapped(
                    swap.string("symbolicName"),
                    swap.string("action"),
                    swap.number("gapMicros"),
                    swap.number("tookMicros")));
        }
        return new Last(
                json.string("id"),
                Math.toIntExact(json.number("from")),
                Math.toIntExact(json.number("to")),
                json.number("assignment"),
                json.string("outcome"),
                Math.toIntExact(json.number("running")),
                json.string("code"),
                json.string("detail"),
                json.string("person"),
                json.string("channel"),
                Instant.parse(json.string("started")),
                Instant.parse(json.string("ended")),
                json.optionalString("offlineStale").map(Instant::parse),
                swaps);
    }
}
