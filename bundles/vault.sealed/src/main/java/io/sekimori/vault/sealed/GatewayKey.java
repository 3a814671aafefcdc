package io.sekimori.vault.sealed;

import io.sekimori.keys.KeyCode;
import io.sekimori.keys.KeyException;
import io.sekimori.keys.WrappingKeys;
import io.sekimori.vault.VaultCode;
import io.sekimori.vault.VaultException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The key-encryption key, used through whoever provides keys at the moment, and never seen here. Thread-safe. */
final class GatewayKey {

    static final String NAME = "vault";

    private static final String CONTEXT = "sekimori-vault-key 1 ";
    private static final int KEY_BYTES = 32;

    private final Supplier<@Nullable WrappingKeys> keys;
    private final SecureRandom random = new SecureRandom();

    GatewayKey(Supplier<@Nullable WrappingKeys> keys) {
        this.keys = keys;
    }

    /** A new data key for that bundle; makes the gateway's key if there is none. */
    DataKey newDataKey(String owner) throws VaultException {
        byte[] plain = new byte[KEY_BYTES];
        random.nextBytes(plain);
        WrappingKeys current = current();
        try {
            if (!current.exists(NAME)) {
                create(current);
            }
            return new DataKey(current.wrap(NAME, plain, context(owner)), plain);
        } catch (KeyException e) {
            throw refused(e);
        }
    }

    /** The data key of that bundle from what lies on the disk. */
    DataKey dataKey(String owner, byte[] wrapped) throws VaultException {
        try {
            return new DataKey(wrapped, current().unwrap(NAME, wrapped, context(owner)));
        } catch (KeyException e) {
            throw refused(e);
        }
    }

    boolean exists() throws VaultException {
        try {
            return current().exists(NAME);
        } catch (KeyException e) {
            throw refused(e);
        }
    }

    /** Destroys it; one that is gone already is no failure. */
    void destroy(String actor, String reason) throws VaultException {
        try {
            WrappingKeys current = current();
            if (current.exists(NAME)) {
                current.destroy(NAME, actor, reason);
            }
        } catch (KeyException e) {
            if (e.code() != KeyCode.KEY_UNKNOWN) {
                throw refused(e);
            }
        }
    }

    private static void create(WrappingKeys current) throws KeyException {
        try {
            current.create(NAME, Settings.PID);
        } catch (KeyException e) {
            // Another bundle's first data were quicker.
            if (e.code() != KeyCode.KEY_EXISTS) {
                throw e;
            }
        }
    }

    private WrappingKeys current() throws VaultException {
        WrappingKeys current = keys.get();
        if (current == null) {
            throw new VaultException(VaultCode.VAULT_KEY_UNAVAILABLE, "no provider of wrapping keys is there", null);
        }
        return current;
    }

    private static byte[] context(String owner) {
        return (CONTEXT + owner).getBytes(StandardCharsets.UTF_8);
    }

    private static VaultException refused(KeyException e) {
        VaultCode code = switch (e.code()) {
            case KEY_UNKNOWN -> VaultCode.VAULT_KEY_DESTROYED;
            case UNWRAP_REFUSED -> VaultCode.VAULT_DAMAGED;
            case KEY_AUDIT_REFUSED -> VaultCode.VAULT_AUDIT_REFUSED;
            default -> VaultCode.VAULT_KEY_UNAVAILABLE;
        };
        return new VaultException(code, String.valueOf(e.getMessage()), e);
    }
}
