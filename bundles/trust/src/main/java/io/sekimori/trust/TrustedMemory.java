package io.sekimori.trust;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Trusted metadata that is forgotten afterwards: for looking at a repository or at frozen evidence. */
final class TrustedMemory implements TrustedFiles {

    private final Map<String, byte[]> files;

    TrustedMemory(Map<String, byte[]> files) {
        this.files = new HashMap<>(files);
    }

    @Override
    public Optional<byte[]> load(String name, int maxBytes) {
        return Optional.ofNullable(files.get(name));
    }

    @Override
    public void save(String name, byte[] bytes) {
        files.put(name, bytes);
    }

    @Override
    public void delete(String name) {
        files.remove(name);
    }
}
