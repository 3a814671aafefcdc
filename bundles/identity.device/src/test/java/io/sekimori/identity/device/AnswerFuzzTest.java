package io.sekimori.identity.device;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sekimori.trust.MalformedJson;

/** Whatever a console answers is certificates or refused; what lies on disk is an identity or malformed. */
class AnswerFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void anAnswerIsCertificatesOrRefused(byte[] input) {
        try {
            Exchange.certificates(input);
        } catch (NotEnrolled e) {
            return;
        }
    }

    @FuzzTest(maxDuration = "60s")
    void anIdentityIsReadOrMalformed(byte[] input) {
        try {
            Kept.parse(input);
        } catch (MalformedJson e) {
            return;
        }
    }
}
