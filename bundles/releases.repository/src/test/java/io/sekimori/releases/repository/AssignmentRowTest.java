package io.sekimori.releases.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.trust.KeyType;
import io.sekimori.trust.RoleKeys;
import io.sekimori.trust.SigningKey;
import io.sekimori.trust.TufKey;
import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AssignmentRowTest {

    private final TufKey old = key();
    private final TufKey next = key();

    @Test
    void whatAGatewayIsToBeSetToIsNoSignature() {
        AssignmentRow row = row("{\"signatures\":[{\"keyid\":\"" + old.keyId()
                + "\",\"sig\":\"00\"}],\"signed\":{\"x\":\"" + next.keyId() + "\"}}");

        assertThat(row.signedBy(RoleKeys.of(1, old))).isTrue();
        assertThat(row.signedBy(RoleKeys.of(1, next))).isFalse();
        assertThat(row.signedBy(RoleKeys.of(2, old, next))).isFalse();
    }

    @Test
    void oneKeyThatIsThereTwiceIsOne() {
        String signature = "{\"keyid\":\"" + old.keyId() + "\",\"sig\":\"00\"}";
        AssignmentRow row = row("{\"signatures\":[" + signature + "," + signature + "],\"signed\":{}}");

        assertThat(row.signedBy(RoleKeys.of(2, old, next))).isFalse();
    }

    @Test
    void whatCannotBeReadIsSignedByNobody() {
        assertThat(row("{").signedBy(RoleKeys.of(1, old))).isFalse();
    }

    private static AssignmentRow row(String document) {
        return new AssignmentRow("0".repeat(64), 1, Instant.EPOCH, Instant.EPOCH, 0, document);
    }

    private static TufKey key() {
        return SigningKey.generate(KeyType.ED25519, new SecureRandom()).publicKey();
    }
}
