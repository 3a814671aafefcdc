package io.sekimori.insight.records;

import io.sekimori.trust.Sha256;
import io.sekimori.trust.SignedStatement;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A gateway with a key of its own. */
final class Unit {

    private final KeyPair keys;

    Unit() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            keys = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String key() {
        return Sha256.hex(keys.getPublic().getEncoded());
    }

    byte[] status(long sequence, Instant at, String verdict) {
        return sign(this, sequence, at, verdict);
    }

    /** With this unit's key shown, and the other's used. */
    byte[] signed(Unit other, long sequence) {
        return sign(other, sequence, Instant.EPOCH, "vouched");
    }

    private byte[] sign(Unit signer, long sequence, Instant at, String verdict) {
        Map<String, Object> members = Map.of(
                "at", at.toString(),
                "sequence", sequence,
                "generation", 3L,
                "more", "nobody knows",
                "bundles",
                        List.of(Map.of(
                                "name",
                                "org.a",
                                "version",
                                "1.0.0",
                                "sha256",
                                "a".repeat(64),
                                "verdict",
                                verdict,
                                "code",
                                "FILE_DIFFERS",
                                "state",
                                "ACTIVE")),
                "health", List.of(Map.of("name", "keys", "status", "OK", "message", "well")),
                "resources", Map.of("cpuPercent", 5L),
                "certificates", List.of(Map.of("name", "CN=a", "notAfter", "2027-01-01T00:00:00Z")),
                "findings", List.of(Map.of("code", "A", "detail", "b", "since", "2026-01-01T00:00:00Z")),
                "moments", Map.of("supportEnds", "2031-04-01T00:00:00Z"));
        return sign(signer, members);
    }

    /** Whatever it says. */
    byte[] signed(Map<String, ?> members) {
        return sign(this, members);
    }

    private byte[] sign(Unit signer, Map<String, ?> members) {
        try {
            return SignedStatement.sign(
                    "sekimori-status-1", members, "EC_P256", keys.getPublic().getEncoded(), message -> {
                        Signature signature = Signature.getInstance("SHA256withECDSA");
                        signature.initSign(signer.keys.getPrivate());
                        signature.update(message);
                        return signature.sign();
                    });
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
