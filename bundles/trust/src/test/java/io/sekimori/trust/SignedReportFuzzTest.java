package io.sekimori.trust;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Reports come from outside: anything but a report is a refusal. */
class SignedReportFuzzTest {

    /** That signed the report which is kept as an input. */
    private static final String DEVICE = "9967b9988e294d255a60f9314b61d47ce6155cdb30352f3e09a3520b21df15ad";

    @FuzzTest
    void isReadOrRefused(byte[] bytes) {
        attempt(() -> SignedReport.verified(bytes, DEVICE));
        // Whoever verified it before, or says so.
        attempt(() -> SignedReport.verified(bytes, DEVICE, (algorithm, key, message, signature) -> true));
        attempt(() -> SignedReport.unverified(bytes));
    }

    private interface Reading {
        UnitReport read() throws TrustException;
    }

    private static void attempt(Reading reading) {
        try {
            reading.read();
        } catch (TrustException e) {
            assert e.refusal().code() != null;
        }
    }
}
