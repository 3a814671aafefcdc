package io.sekimori.insight.records;

import io.sekimori.insight.InsightCode;
import io.sekimori.insight.IntakeAnswer.Dropped;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.SignedStatement;
import io.sekimori.trust.TrustCode;
import io.sekimori.trust.TrustException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads a signed status: verified first, then rebuilt of the members that are known, bounded and cleaned. Pure. */
final class StatusReading {

    /** The most bytes of a signed status. */
    static final int MAX_BYTES = 256 << 10;

    private static final String TYPE = "sekimori-status-1";
    private static final int MOST_OF_A_KIND = 500;
    private static final int LONGEST = 500;

    /** What was found. */
    sealed interface Reading {

        /** It is proved. */
        record Verified(long sequence, Instant at, Map<String, Object> members) implements Reading {}

        /** It is not. */
        record Doubtful(Dropped why) implements Reading {}
    }

    private StatusReading() {}

    static Reading read(byte[] signed, String device) {
        if (signed.length > MAX_BYTES) {
            return doubtful(InsightCode.STATUS_MALFORMED, "it has more than " + MAX_BYTES + " bytes");
        }
        try {
            return verified(SignedStatement.verified(TYPE, signed, device));
        } catch (TrustException e) {
            return e.refusal().code() == TrustCode.REPORT_MALFORMED
                    ? doubtful(InsightCode.STATUS_MALFORMED, e.refusal().detail())
                    : doubtful(InsightCode.STATUS_FORGED, e.refusal().detail());
        } catch (MalformedJson | DateTimeException e) {
            return doubtful(InsightCode.STATUS_MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    private static Reading verified(JsonObject json) throws MalformedJson {
        long sequence = json.number("sequence");
        long generation = json.number("generation");
        if (sequence < 1 || generation < 0) {
            throw new MalformedJson("a number is too small");
        }
        Map<String, Object> members = new TreeMap<>();
        members.put("generation", generation);
        members.put("bundles", bundles(json.objects("bundles")));
        members.put("health", all(json.objects("health"), "name", "status", "message"));
        members.put("resources", resources(json.object("resources")));
        members.put("certificates", dated(json.objects("certificates"), "notAfter", "name"));
        members.put("moments", moments(json.optionalObject("moments")));
        members.put("findings", dated(json.objects("findings"), "since", "code", "detail"));
        return new Reading.Verified(sequence, Instant.parse(json.string("at")), members);
    }

    private static List<Map<String, Object>> bundles(List<JsonObject> bundles) throws MalformedJson {
        List<Map<String, Object>> read = all(bundles, "name", "version", "sha256", "verdict", "state");
        for (int i = 0; i < read.size(); i++) {
            String verdict = bundles.get(i).string("verdict");
            if (verdict.equals("refused")) {
                read.get(i).put("code", cleaned(bundles.get(i).string("code")));
            } else if (!verdict.equals("vouched")) {
                throw new MalformedJson("there is no such verdict");
            }
        }
        return read;
    }

    private static Map<String, Object> resources(JsonObject json) throws MalformedJson {
        Map<String, Object> read = new TreeMap<>();
        bounded(List.copyOf(json.names()));
        for (String name : json.names()) {
            if (!name.matches("[a-zA-Z]{1,64}")) {
                throw new MalformedJson("there is no such resource");
            }
            read.put(name, json.number(name));
        }
        return read;
    }

    // Earlier gateways do not say.
    private static Map<String, Object> moments(Optional<JsonObject> json) throws MalformedJson {
        Map<String, Object> read = new TreeMap<>();
        if (json.isPresent()) {
            bounded(List.copyOf(json.get().names()));
            for (String name : json.get().names()) {
                if (!name.matches("[a-zA-Z]{1,64}")) {
                    throw new MalformedJson("there is no such moment");
                }
                read.put(name, Instant.parse(json.get().string(name)).toString());
            }
        }
        return read;
    }

    private static List<Map<String, Object>> dated(List<JsonObject> objects, String date, String... texts)
            throws MalformedJson {
        List<Map<String, Object>> read = all(objects, texts);
        for (int i = 0; i < read.size(); i++) {
            read.get(i).put(date, Instant.parse(objects.get(i).string(date)).toString());
        }
        return read;
    }

    private static List<Map<String, Object>> all(List<JsonObject> objects, String... texts) throws MalformedJson {
        bounded(objects);
        List<Map<String, Object>> read = new ArrayList<>();
        for (JsonObject object : objects) {
            Map<String, Object> one = new TreeMap<>();
            for (String text : texts) {
                one.put(text, cleaned(object.string(text)));
            }
            read.add(one);
        }
        return read;
    }

    private static void bounded(List<?> list) throws MalformedJson {
        if (list.size() > MOST_OF_A_KIND) {
            throw new MalformedJson("more than " + MOST_OF_A_KIND + " of a kind");
        }
    }

    private static String cleaned(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        return cut.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]", "?");
    }

    private static Reading doubtful(InsightCode code, String detail) {
        return new Reading.Doubtful(new Dropped(code, detail));
    }
}
