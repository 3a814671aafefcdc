package io.sekimori.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.PasswordAuthentication;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HttpProxyTest {

    @Test
    void theSamePlaceAndCredentialsAreTheSameProxy() {
        assertThat(proxy("proxy", 3128, "gate", "secret"))
                .isEqualTo(proxy("proxy", 3128, "gate", "secret"))
                .hasSameHashCodeAs(proxy("proxy", 3128, "gate", "secret"))
                .isNotEqualTo(proxy("other", 3128, "gate", "secret"))
                .isNotEqualTo(proxy("proxy", 3129, "gate", "secret"))
                .isNotEqualTo(proxy("proxy", 3128, "other", "secret"))
                .isNotEqualTo(proxy("proxy", 3128, "gate", "other"))
                .isNotEqualTo(new HttpProxy("proxy", 3128, Optional.empty()));
        assertThat(new HttpProxy("proxy", 3128, Optional.empty()))
                .isEqualTo(new HttpProxy("proxy", 3128, Optional.empty()));
    }

    @Test
    void onlyAProxyDemandsCredentialsOfAProxy() {
        assertThat(HttpProxy.refusal(407)).isPresent();
        assertThat(HttpProxy.refusal(200)).isEmpty();
        assertThat(HttpProxy.refusal(401)).isEmpty();
    }

    private static HttpProxy proxy(String host, int port, String user, String password) {
        return new HttpProxy(host, port, Optional.of(new PasswordAuthentication(user, password.toCharArray())));
    }
}
