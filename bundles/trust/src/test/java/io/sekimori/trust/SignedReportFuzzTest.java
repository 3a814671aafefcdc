package io.sekimori.trust;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Reports come from outside: anything but a report is a refusal. */
class SignedReportFuzzTest {

    @FuzzTest
    void isReadOrRefused(byte[] bytes) {
        try {
            SignedReport.verified(bytes, "d".repeat(64));
        } catch (TrustException e) {
            assert e.refusal().code() != null;
        }
    }
}
