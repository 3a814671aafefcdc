package io.sekimori.config.admin;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A ConfigurationAdmin in memory that can refuse. */
final class MemoryAdmin implements AdminPort {

    final Map<String, Map<String, StoredValue>> configurations = new ConcurrentHashMap<>();
    volatile boolean refuses;

    @Override
    public Optional<Map<String, StoredValue>> values(String pid) {
        return Optional.ofNullable(configurations.get(pid));
    }

    @Override
    public void put(String pid, Map<String, StoredValue> values) throws IOException {
        refuseIfTold();
        configurations.put(pid, Map.copyOf(values));
    }

    @Override
    public void delete(String pid) throws IOException {
        refuseIfTold();
        configurations.remove(pid);
    }

    Object value(String pid, String name) {
        return configurations.get(pid).get(name).toObject();
    }

    private void refuseIfTold() throws IOException {
        if (refuses) {
            throw new IOException("no");
        }
    }
}
