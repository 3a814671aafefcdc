package io.sekimori.generation;

import io.sekimori.trust.DurableFile;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a generation is started with: {@code slots/<id>/slot.json}.
 *
 * @param java absolute path of the Java runtime's home; the start script runs {@code bin/java} below it
 * @param files what was signed of it
 * @param installed home of the Java runtime of the unit, for slots that follow and bring none; empty if it is {@code java}
 */
public record Slot(String java, SlotFiles files, Optional<String> installed) {

    private static final int MAX_BYTES = 1 << 20;

    // The start script reads it with sed, so it takes no quotes and no blanks.
    private static final Pattern JAVA_HOME = Pattern.compile("/[A-Za-z0-9._/+-]{1,500}");

    /** @throws IllegalArgumentException if the path is not absolute or has other characters than A-Z a-z 0-9 . _ / + - */
    public Slot {
        if (!JAVA_HOME.matcher(java).matches()
                || installed.filter(home -> !JAVA_HOME.matcher(home).matches()).isPresent()) {
            throw new IllegalArgumentException("not the path of a Java home");
        }
    }

    /** With the Java runtime that is installed on the unit. */
    public Slot(String java, SlotFiles files) {
        this(java, files, Optional.empty());
    }

    /**
     * Reads {@code slot.json} in the folder of a slot.
     *
     * @throws NoSuchFileException if there is none
     * @throws MalformedJson also if it is longer than 1 MiB
     */
    public static Slot read(Path folder) throws IOException, MalformedJson {
        Path file = folder.resolve("slot.json");
        byte[] bytes = DurableFile.read(file, MAX_BYTES).orElseThrow(() -> new NoSuchFileException(file.toString()));
        if (bytes.length > MAX_BYTES) {
            throw new MalformedJson(file + " is longer than " + MAX_BYTES + " bytes");
        }
        return parse(bytes);
    }

    /** Whether the folder of a slot is all of what its name, the hash of what was signed, says; hashes every file. */
    public static boolean isWhole(Path folder) {
        try {
            SlotFiles files = read(folder).files();
            return files.id().equals(folder.getFileName().toString())
                    && files.difference(folder).isEmpty();
        } catch (IOException | MalformedJson e) {
            return false;
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
        Optional<String> release = json.optionalString("javaRelease");
        Optional<String> installed = json.optionalString("javaInstalled");
        return Format.checked(() -> new Slot(json.string("java"), new SlotFiles(digests, release), installed));
    }

    /** The bytes of {@code slot.json}. */
    public byte[] bytes() {
        SortedMap<String, Object> json = new TreeMap<>(Map.of("format", 1L, "java", java, "lib", files.digests()));
        files.java().ifPresent(release -> json.put("javaRelease", release));
        installed.ifPresent(home -> json.put("javaInstalled", home));
        return JsonText.bytes(json);
    }
}
