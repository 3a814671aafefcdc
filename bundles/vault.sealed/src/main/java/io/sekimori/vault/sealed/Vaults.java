package io.sekimori.vault.sealed;

import io.sekimori.vault.VaultCode;
import io.sekimori.vault.VaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The vaults of all bundles. Thread-safe. */
final class Vaults {

    private static final Pattern OWNER = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}");

    private final Store store;
    private final ConcurrentMap<String, OwnerVault> vaults = new ConcurrentHashMap<>();

    Vaults(Store store) {
        this.store = store;
    }

    OwnerVault of(String owner) throws VaultException {
        if (!OWNER.matcher(owner).matches()) {
            throw new VaultException(VaultCode.VAULT_OWNER_MALFORMED, "not a symbolic name with data", null);
        }
        return vaults.computeIfAbsent(owner, name -> new OwnerVault(name, store));
    }

    /** The bundles with data, sorted. */
    List<String> owners() throws VaultException {
        return folders().filter(owner -> store.files(owner).hasData()).toList();
    }

    /** Destroys the key of one bundle, and with it its data; once more is no failure. */
    void destroy(String owner, String actor, String reason) throws VaultException {
        OwnerVault vault = of(owner);
        if (folders().noneMatch(owner::equals)) {
            throw new VaultException(VaultCode.VAULT_OWNER_UNKNOWN, "no data of " + owner, null);
        }
        store.audit().audited(actor, "vault.destroy", owner, reason, () -> {
            vault.destroy();
            return owner;
        });
    }

    /** Destroys the gateway's key first, which makes everything unreadable at once, and then what it protected. */
    void destroyAll(String actor, String reason) throws VaultException {
        store.audit().audited(actor, "vault.destroy", "*", reason, () -> {
            store.gateway().destroy(actor, reason);
            vaults.values().forEach(OwnerVault::revoke);
            for (String owner : folders().toList()) {
                of(owner).destroy();
            }
            return store;
        });
    }

    private Stream<String> folders() throws VaultException {
        try (Stream<Path> folders = Files.list(store.root())) {
            return folders
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> OWNER.matcher(name).matches())
                    .sorted()
                    .toList()
                    .stream();
        } catch (NoSuchFileException e) {
            return Stream.empty();
        } catch (IOException e) {
            throw OwnerKey.unreadable(e);
        }
    }
}
