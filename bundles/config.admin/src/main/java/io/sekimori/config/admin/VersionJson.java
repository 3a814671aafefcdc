package io.sekimori.config.admin;

import io.sekimori.config.Authorship;
import io.sekimori.config.VersionFacts;
import io.sekimori.config.VersionFacts.Origin;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A version as a file: JSON with a SHA-256 over all other members, so that a damaged file is told from a whole one.
 * Stateless.
 */
final class VersionJson {

    /** No version is larger, in bytes of its file. */
    static final int MAX_BYTES = 256 * 1024;

    private static final long FORMAT = 1;
    private static final String CHECKSUM = "sha256";

    private VersionJson() {}

    /** The file of {@code version}. */
    static byte[] encode(Version version) {
        VersionFacts facts = version.facts();
        Map<String, Object> values = new TreeMap<>();
        version.values()
                .forEach((name, value) -> values.put(
                        name,
                        Map.of(
                                "type", value.type().name(),
                                "shape", value.shape().name(),
                                "texts", value.texts(),
                                "secret", value.secret())));
        Map<String, Object> file = new TreeMap<>();
        file.put("format", FORMAT);
        file.put("pid", facts.pid());
        file.put("version", facts.version());
        file.put("at", facts.at().toString());
        file.put("origin", facts.origin().name());
        file.put("author", facts.authorship().author());
        file.put("reason", facts.authorship().reason());
        file.put("removed", facts.removed());
        file.put("values", values);
        file.put(CHECKSUM, checksum(file));
        return JsonText.bytes(file);
    }

    /**
     * Reads a file.
     *
     * @throws MalformedJson if it is not the file of a version; the message quotes no value
     */
    static Version parse(byte[] bytes) throws MalformedJson {
        JsonObject file = JsonObject.parse(bytes, MAX_BYTES);
        Map<String, @Nullable Object> rest = new LinkedHashMap<>(file.asMap());
        rest.remove(CHECKSUM);
        if (!file.string(CHECKSUM).equals(checksum(rest))) {
            throw new MalformedJson("the checksum does not fit");
        }
        if (file.number("format") != FORMAT) {
            throw new MalformedJson("a format that is not known");
        }
        try {
            VersionFacts facts = new VersionFacts(
                    file.string("pid"),
                    file.number("version"),
                    Instant.parse(file.string("at")),
                    Origin.valueOf(file.string("origin")),
                    new Authorship(file.string("author"), file.string("reason")),
                    file.bool("removed"));
            TreeMap<String, StoredValue> values = new TreeMap<>();
            JsonObject stored = file.object("values");
            for (String name : stored.names()) {
                values.put(name, value(stored.object(name)));
            }
            return new Version(facts, values);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new MalformedJson("a member is out of its bounds"); // without the cause, which may quote a value
        }
    }

    private static StoredValue value(JsonObject value) throws MalformedJson {
        return new StoredValue(
                ValueType.valueOf(value.string("type")),
                StoredValue.Shape.valueOf(value.string("shape")),
                value.strings("texts"),
                value.bool("secret"));
    }

    static String checksum(Map<String, ?> file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(JsonText.bytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
