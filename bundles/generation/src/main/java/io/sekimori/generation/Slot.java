package io.sekimori.generation;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a generation is started with: {@code slots/<id>/slot.json}.
 *
 * @param java absolute path of the Java runtime's home; the start script runs {@code bin/java} below it
 * @param files the class path
 */
public record Slot(String java, SlotFiles files) {

    // The start script reads it with sed, so it takes no quotes and no blanks.
    private static final Pattern JAVA_HOME = Pattern.compile("/[A-Za-z0-9._/+-]{1,500}");

    /** @throws IllegalArgumentException if the path is not absolute or has other characters than A-Z a-z 0-9 . _ / + - */
    public Slot {
        if (!JAVA_HOME.matcher(java).matches()) {
            throw new IllegalArgumentException("not the path of a Java home");
        }
    }

    /** Reads the bytes of {@code slot.json}. */
    public static Slot parse(byte[] utf8) throws MalformedJson {
        JsonObject json = Format.require(utf8, 1);
        JsonObject lib = json.object("lib");
        SortedMap<String, String> digests = new TreeMap<>();
        for (String name : lib.names()) {
            digests.put(name, lib.string(name));
        }
        return Format.checked(() -> new Slot(json.string("java"), new SlotFiles(digests)));
    }

    /** The bytes of {@code slot.json}. */
    public byte[] bytes() {
        return JsonText.bytes(Map.of("format", 1L, "java", java, "lib", files.digests()));
    }
}
