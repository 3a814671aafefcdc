package io.sekimori.trust;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Approvals, requests for them and policies come in files: anything else is a refusal. */
class ApprovalsFuzzTest {

    @FuzzTest
    void areReadOrRefused(byte[] bytes) {
        try {
            Approvals.parse(bytes).bytes();
        } catch (TrustException e) {
            assert e.refusal().code() == TrustCode.APPROVALS_BROKEN;
        }
    }

    @FuzzTest
    void requestsAreReadOrRefused(byte[] bytes) {
        try {
            ApprovalRequest.parse(bytes).bytes();
        } catch (TrustException e) {
            assert e.refusal().code() == TrustCode.APPROVALS_BROKEN
                    || e.refusal().code() == TrustCode.HASH_UNSUPPORTED;
        }
    }

    @FuzzTest
    void policiesAreReadOrRefused(byte[] bytes) {
        try {
            ApprovalPolicy.parse(bytes).bytes();
        } catch (TrustException e) {
            assert e.refusal().code() == TrustCode.APPROVAL_POLICY_BROKEN;
        }
    }
}
