package io.sekimori.access.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class Argon2HashTest {

    private final SecureRandom random = new SecureRandom();

    @Test
    void aHashFitsItsPasswordAlone() {
        String text = Argon2Hash.of("three brown foxes".toCharArray(), Argon2Hash.Cost.USUAL, random)
                .text();
        Argon2Hash hash = Argon2Hash.parse(text).orElseThrow();

        assertThat(hash.fits("three brown foxes".toCharArray())).isTrue();
        assertThat(hash.fits("three brown foxeS".toCharArray())).isFalse();
        assertThat(hash.fits(new char[0])).isFalse();
        assertThat(text).startsWith("$argon2id$v=19$m=65536,t=3,p=1$");
    }

    /** From the tests of the reference implementation, phc-winner-argon2. */
    @Test
    void whatAnotherProgramMadeIsRead() {
        String known = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

        assertThat(Argon2Hash.parse(known).orElseThrow().fits("password".toCharArray()))
                .isTrue();
    }

    @Test
    void aTextThatCostsTooMuchOrIsNoneIsRefused() {
        String good = Argon2Hash.ofNobody(Argon2Hash.Cost.USUAL, random).text();

        assertThat(Argon2Hash.parse(good)).isPresent();
        assertThat(Argon2Hash.parse(good.replace("m=65536", "m=9999999"))).isEmpty();
        assertThat(Argon2Hash.parse(good.replace("t=3", "t=900"))).isEmpty();
        assertThat(Argon2Hash.parse(good.replace("p=1", "p=0"))).isEmpty();
        assertThat(Argon2Hash.parse(good.replace("argon2id", "argon2i"))).isEmpty();
        assertThat(Argon2Hash.parse("")).isEmpty();
    }
}
