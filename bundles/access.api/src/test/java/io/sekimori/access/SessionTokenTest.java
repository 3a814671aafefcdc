package io.sekimori.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SessionTokenTest {

    private static final String TEXT = "a".repeat(43);

    @Test
    void whatCannotBeATokenIsNone() {
        assertThat(SessionToken.of("")).isEmpty();
        assertThat(SessionToken.of("a".repeat(42))).isEmpty();
        assertThat(SessionToken.of("a".repeat(42) + "\n")).isEmpty();
        assertThat(SessionToken.of(TEXT)).isPresent();
    }

    @Test
    void aTokenIsNotPrintedByAccident() {
        assertThat(SessionToken.of(TEXT).orElseThrow()).hasToString("[secret]");
    }

    @Test
    void theNameOfAPersonIsSafeEverywhere() {
        assertThat(Person.isName("alice")).isTrue();
        assertThat(Person.isName("a.b-c_9")).isTrue();
        assertThat(Person.isName("a")).isFalse();
        assertThat(Person.isName("Alice")).isFalse();
        assertThat(Person.isName("alice\n")).isFalse();
        assertThat(Person.isName("a".repeat(65))).isFalse();
    }
}
