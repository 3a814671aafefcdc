package io.sekimori.authority.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sekimori.authority.AuthorityCode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class CertificateRequestTest {

    private final KeyPair key = Bench.pair();

    @Test
    void itsKeyIsWhatCounts() throws Exception {
        assertThat(CertificateRequest.parse(Requests.of(key)).key()).isEqualTo(key.getPublic());
        byte[] lines = Base64.getMimeEncoder().encode(Base64.getDecoder().decode(Requests.of(key)));
        assertThat(CertificateRequest.parse(lines).key()).isEqualTo(key.getPublic());
    }

    @Test
    void whoDoesNotHaveTheKeyIsRefused() {
        assertThat(refusal(Requests.of(key, "CN=a", Bench.pair()))).isEqualTo(AuthorityCode.REQUEST_NOT_PROVEN);
    }

    @Test
    void aChangedByteAnywhereIsRefused() {
        byte[] der = Base64.getDecoder().decode(Requests.of(key));
        for (int i = 0; i < der.length; i++) {
            byte[] changed = der.clone();
            changed[i] ^= 1;
            assertThat(refusal(Base64.getEncoder().encode(changed)))
                    .as("byte %s", i)
                    .isNotNull();
        }
    }

    @Test
    void anotherKindOfKeyIsRefused() throws GeneralSecurityException {
        KeyPair p384 = MemoryKeys.pair("secp384r1");
        assertThat(refusal(Requests.of(p384))).isEqualTo(AuthorityCode.KEY_UNSUITABLE);
        KeyPair rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        assertThat(refusal(Requests.of(rsa, "CN=a", key))).isEqualTo(AuthorityCode.KEY_UNSUITABLE);
    }

    @Test
    void whatIsNoRequestIsMalformed() {
        assertThat(refusal(new byte[0])).isEqualTo(AuthorityCode.REQUEST_MALFORMED);
        assertThat(refusal("-----BEGIN".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(AuthorityCode.REQUEST_MALFORMED);
        assertThat(refusal("MAA=".getBytes(StandardCharsets.US_ASCII))).isEqualTo(AuthorityCode.REQUEST_MALFORMED);
        assertThat(refusal(new byte[CertificateRequest.MAX_BYTES + 1])).isEqualTo(AuthorityCode.REQUEST_MALFORMED);
    }

    private static AuthorityCode refusal(byte[] base64) {
        EnrolRefused refused = catchThrowableOfType(EnrolRefused.class, () -> CertificateRequest.parse(base64));
        assertThat(refused).isNotNull();
        return refused.code();
    }
}
