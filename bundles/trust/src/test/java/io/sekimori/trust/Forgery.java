package io.sekimori.trust;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The newest release metadata of a world, to be altered before it is signed anew, so that everything fits together but
 * for the one rule that a test breaks.
 */
final class Forgery {

    final Map<String, Object> targets;
    final Map<String, Object> snapshot;
    final Map<String, Object> timestamp;
    Signer targetsSigner;
    Signer snapshotSigner;
    Signer timestampSigner;
    private final Map<String, byte[]> files;

    Forgery(World world) throws IOException {
        files = new TreeMap<>(world.releases.files());
        targets = signed(find("[0-9]+.targets.json"));
        snapshot = signed(find("[0-9]+.snapshot.json"));
        timestamp = signed(find("timestamp.json"));
        targetsSigner = world.targetsKey;
        snapshotSigner = world.snapshotKey;
        timestampSigner = world.timestampKey;
    }

    /** All files, signed, each naming the other's true version, length and hash. */
    Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> forged = new TreeMap<>(files);
        byte[] targetsBytes = put(forged, "targets", targets, targetsSigner);
        object(snapshot, "meta").put("targets.json", meta(targets, targetsBytes));
        return withSnapshot(forged);
    }

    /** As {@link #files()}, but the snapshot's word on the targets file stays as it is. */
    Map<String, byte[]> filesWithSnapshotAsItIs() throws IOException {
        Map<String, byte[]> forged = new TreeMap<>(files);
        put(forged, "targets", targets, targetsSigner);
        return withSnapshot(forged);
    }

    /** As {@link #files()}, but the timestamp's word on the snapshot stays as it is. */
    Map<String, byte[]> filesWithTimestampAsItIs() throws IOException {
        Map<String, byte[]> forged = files();
        forged.put("timestamp.json", SignedFile.bytes(timestamp, List.of(timestampSigner)));
        return forged;
    }

    private Map<String, byte[]> withSnapshot(Map<String, byte[]> forged) throws IOException {
        byte[] snapshotBytes = put(forged, "snapshot", snapshot, snapshotSigner);
        Map<String, Object> pointing = copy(timestamp);
        object(pointing, "meta").put("snapshot.json", meta(snapshot, snapshotBytes));
        forged.put("timestamp.json", SignedFile.bytes(pointing, List.of(timestampSigner)));
        return forged;
    }

    private static byte[] put(Map<String, byte[]> forged, String role, Map<String, Object> signed, Signer signer)
            throws IOException {
        byte[] bytes = SignedFile.bytes(signed, List.of(signer));
        forged.put(signed.get("version") + "." + role + ".json", bytes);
        return bytes;
    }

    static Map<String, Object> meta(Map<String, Object> signed, byte[] bytes) {
        return new LinkedHashMap<>(Map.of(
                "version", signed.get("version"),
                "length", (long) bytes.length,
                "hashes", Map.of("sha256", Sha256.hex(bytes))));
    }

    private byte[] find(String pattern) {
        return files.entrySet().stream()
                .filter(file -> file.getKey().matches(pattern))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    /** The signed part of a file, to be altered. */
    static Map<String, Object> signed(byte[] file) {
        try {
            return copy(JsonObject.parse(file).object("signed").asMap());
        } catch (MalformedJson e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Map<String, Object> parent, String... path) {
        Map<String, Object> at = parent;
        for (String name : path) {
            at = (Map<String, Object>) at.get(name);
        }
        return at;
    }

    static Map<String, Object> copy(Map<String, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((name, value) -> copy.put(name, copyValue(value)));
        return copy;
    }

    @SuppressWarnings("unchecked")
    private static Object copyValue(Object value) {
        if (value instanceof Map<?, ?> map) {
            return copy((Map<String, ?>) map);
        }
        return value instanceof List<?> list
                ? new ArrayList<>(list.stream().map(Forgery::copyValue).toList())
                : value;
    }
}
