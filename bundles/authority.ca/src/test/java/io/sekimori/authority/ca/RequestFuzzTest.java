package io.sekimori.authority.ca;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Whatever is sent to enrol is read or refused, never another exception. */
class RequestFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void aRequestIsProvenOrRefused(byte[] der) {
        try {
            CertificateRequest.parse(Base64.getEncoder().encode(der));
        } catch (EnrolRefused e) {
            return;
        }
    }

    @FuzzTest(maxDuration = "60s")
    void credentialsAreThoseOfAGatewayOrNone(byte[] header) {
        BasicCredentials.parse("Basic " + new String(header, StandardCharsets.ISO_8859_1));
        BasicCredentials.parse("Basic " + Base64.getEncoder().encodeToString(header));
    }
}
