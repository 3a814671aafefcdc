package io.sekimori.status.signed;

import io.sekimori.keys.KeyException;
import io.sekimori.keys.Keys;
import io.sekimori.keys.PublicKeyFacts;
import io.sekimori.status.Status;
import io.sekimori.status.StatusCode;
import io.sekimori.status.StatusException;
import io.sekimori.trust.Sequence;
import io.sekimori.trust.Sha256;
import io.sekimori.trust.SignedStatement;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Numbers and signs a status. Thread-safe. */
final class Signing {

    private final Supplier<Optional<Keys>> keys;
    private final Sequence sequence;

    Signing(Supplier<Optional<Keys>> keys, Sequence sequence) {
        this.keys = keys;
        this.sequence = sequence;
    }

    /** SHA-256 of the device key; empty if nobody can say just now. */
    Optional<String> device() {
        try {
            Optional<Keys> current = keys.get();
            return current.isEmpty()
                    ? Optional.empty()
                    : current.get()
                            .publicKey(Keys.DEVICE)
                            .map(facts -> Sha256.hex(facts.key().getEncoded()));
        } catch (KeyException e) {
            return Optional.empty(); // that the key cannot be used is said by the health of the keys
        }
    }

    byte[] sign(Status status, String nonce) throws StatusException {
        if (!nonce.matches("[A-Za-z0-9_-]{0,64}")) {
            throw new IllegalArgumentException("a nonce has 0 to 64 of A-Z a-z 0-9 _ -");
        }
        Keys current = keys.get()
                .orElseThrow(() -> new StatusException(StatusCode.STATUS_UNSIGNED, "no keys service is there", null));
        try {
            PublicKeyFacts device = current.publicKey(Keys.DEVICE)
                    .orElseThrow(() -> new StatusException(StatusCode.STATUS_UNSIGNED, "there is no device key", null));
            Map<String, Object> members = new TreeMap<>(StatusJson.members(status));
            members.put("sequence", sequence.next());
            members.put("nonce", nonce);
            return SignedStatement.sign(
                    StatusJson.TYPE,
                    members,
                    device.algorithm().name(),
                    device.key().getEncoded(),
                    message -> current.sign(Keys.DEVICE, message));
        } catch (KeyException e) {
            throw new StatusException(StatusCode.STATUS_UNSIGNED, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new StatusException(StatusCode.STATUS_UNNUMBERED, String.valueOf(e.getMessage()), e);
        }
    }
}
