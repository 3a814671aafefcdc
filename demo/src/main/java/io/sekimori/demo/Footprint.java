package io.sekimori.demo;

import io.sekimori.trust.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The bytes that decide what a unit runs: pointer, generations and store, by name and hash.
 *
 * @param hashes path below the unit to SHA-256
 */
record Footprint(Map<String, String> hashes) {

    static Footprint of(Path unit) throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        for (String part : new String[] {"state/confirmed.json", "generations", "store"}) {
            try (Stream<Path> files = Files.walk(unit.resolve(part))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    hashes.put(unit.relativize(file).toString(), Sha256.hex(file));
                }
            }
        }
        return new Footprint(hashes);
    }

    void mustEqual(Footprint after) throws Broken {
        if (!hashes.equals(after.hashes)) {
            Map<String, String> both = new TreeMap<>(hashes);
            both.putAll(after.hashes);
            both.entrySet()
                    .removeIf(e -> e.getValue().equals(hashes.get(e.getKey()))
                            && e.getValue().equals(after.hashes.get(e.getKey())));
            throw new Broken("store or generation changed: " + both.keySet());
        }
    }
}
