package io.sekimori.example.sensor;

import io.sekimori.vault.Vault;
import io.sekimori.vault.VaultCode;
import io.sekimori.vault.VaultEntry;
import io.sekimori.vault.VaultException;
import io.sekimori.vault.VaultOutput;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A vault of values in memory, which can be made to refuse. */
final class MemoryVault implements Vault {

    final Map<String, byte[]> values = new ConcurrentHashMap<>();
    volatile boolean refusing;

    @Override
    public long put(String name, byte[] value) throws VaultException {
        if (refusing) {
            throw new VaultException(VaultCode.VAULT_UNWRITABLE, "by test", null);
        }
        values.put(name, value.clone());
        return values.size();
    }

    @Override
    public Optional<byte[]> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    @Override
    public VaultOutput write(String name) {
        throw new UnsupportedOperationException("the sensor writes no files");
    }

    @Override
    public Optional<InputStream> read(String name) {
        throw new UnsupportedOperationException("the sensor reads no files");
    }

    @Override
    public boolean remove(String name) {
        return values.remove(name) != null;
    }

    @Override
    public List<VaultEntry> entries() {
        return List.of();
    }
}
