package io.sekimori.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What tests say about verdicts. */
final class Verdicts {

    private Verdicts() {}

    static Acceptance.Accepted assertAccepted(Acceptance verdict) {
        assertThat(verdict).isInstanceOf(Acceptance.Accepted.class);
        return (Acceptance.Accepted) verdict;
    }

    static void assertRefused(Acceptance verdict, RefusalCode code) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Acceptance.Refused.class,
                        refused -> assertThat(refused.refusal().code())
                                .as(refused.refusal().detail())
                                .isEqualTo(code));
    }

    static void assertRefused(Vouching verdict, RefusalCode code) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Vouching.Refused.class,
                        refused -> assertThat(refused.refusal().code())
                                .as(refused.refusal().detail())
                                .isEqualTo(code));
    }

    static void assertRefused(ThrowingCallable work, RefusalCode code) {
        assertThatExceptionOfType(TrustException.class)
                .isThrownBy(work)
                .satisfies(e ->
                        assertThat(e.refusal().code()).as(e.refusal().detail()).isEqualTo(code));
    }
}
