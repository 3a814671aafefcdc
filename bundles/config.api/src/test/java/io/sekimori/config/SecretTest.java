package io.sekimori.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SecretTest {

    @Test
    void isNeverPrinted() {
        try (Secret secret = new Secret("planted".toCharArray())) {
            Change change =
                    new Change("pid", 0, Map.of("password", secret, "other", "planted too"), Set.of(), author());

            assertThat(secret.toString()).isEqualTo("[secret]");
            assertThat(change.toString()).contains("password").doesNotContain("planted");
        }
    }

    @Test
    void isReadInsideOnlyAndWipedAfterwards() {
        AtomicReference<char[]> kept = new AtomicReference<>();
        try (Secret secret = new Secret("planted".toCharArray())) {
            String read = secret.reveal(characters -> {
                kept.set(characters);
                return new String(characters);
            });

            assertThat(read).isEqualTo("planted");
            assertThat(kept.get()).containsOnly('\0');
        }
    }

    @Test
    void isGoneOnceClosed() {
        Secret secret = new Secret("planted".toCharArray());

        secret.close();

        assertThat(secret.isDestroyed()).isTrue();
        assertThatIllegalStateException().isThrownBy(() -> secret.reveal(String::new));
    }

    private static Authorship author() {
        return new Authorship("local:root", "test");
    }
}
