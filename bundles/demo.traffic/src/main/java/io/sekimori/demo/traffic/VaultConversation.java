package io.sekimori.demo.traffic;

import io.sekimori.vault.Vault;
import io.sekimori.vault.VaultException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps a value and gets it back later from the same {@code Vault} object; each caller has an entry of its own. */
record VaultConversation(Supplier<@Nullable Vault> vault) implements Conversation {

    private static final int BYTES = 64;

    @Override
    public String name() {
        return "vault";
    }

    @Override
    public boolean expected() {
        return true;
    }

    @Override
    public void talk(Hold hold, Duration length) throws LostCall, InterruptedException {
        Vault current = vault.get();
        if (current == null) {
            throw new LostCall("no Vault", null);
        }
        String entry = Thread.currentThread().getName();
        byte[] value = new byte[BYTES];
        ThreadLocalRandom.current().nextBytes(value);
        try {
            current.put(entry, value);
            hold.on(length);
            if (!Arrays.equals(value, current.get(entry).orElse(new byte[0]))) {
                throw new LostCall("the vault has not what was kept", null);
            }
        } catch (VaultException | RuntimeException e) {
            throw new LostCall("Vault", e);
        }
    }
}
