package io.sekimori.demo.traffic;

import io.sekimori.keys.KeyException;
import io.sekimori.keys.Keys;
import io.sekimori.keys.PublicKeyFacts;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Signs twice with the device key through the same {@code Keys} object, and checks both signatures. */
record KeysConversation(Supplier<@Nullable Keys> keys) implements Conversation {

    private static final String MESSAGE = "a call of the demo";

    @Override
    public String name() {
        return "keys";
    }

    @Override
    public boolean expected() {
        return true;
    }

    @Override
    public void talk(Hold hold, Duration length) throws LostCall, InterruptedException {
        Keys current = keys.get();
        if (current == null) {
            throw new LostCall("no Keys", null);
        }
        try {
            PublicKeyFacts device = current.publicKey(Keys.DEVICE).orElseThrow();
            check(device, current.sign(Keys.DEVICE, message()));
            hold.on(length);
            check(device, current.sign(Keys.DEVICE, message()));
        } catch (KeyException | GeneralSecurityException | RuntimeException e) {
            throw new LostCall("Keys", e);
        }
    }

    private static void check(PublicKeyFacts device, byte[] signature) throws GeneralSecurityException, LostCall {
        Signature check = Signature.getInstance(device.algorithm().signature());
        check.initVerify(device.key());
        check.update(message());
        if (!check.verify(signature)) {
            throw new LostCall("a signature does not verify", null);
        }
    }

    private static byte[] message() {
        return MESSAGE.getBytes(StandardCharsets.UTF_8);
    }
}
