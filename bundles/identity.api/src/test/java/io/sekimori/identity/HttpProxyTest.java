package io.sekimori.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Authenticator.RequestorType;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HttpProxyTest {

    private static final Class<IllegalArgumentException> REFUSED = IllegalArgumentException.class;

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

    @Test
    void itsPlaceHasAHostAndAPort() {
        assertThat(new HttpProxy("a".repeat(253), 1, Optional.empty())).hasToString("a".repeat(253) + ":1");
        assertThat(new HttpProxy("2001:db8::1", 65_535, Optional.empty()).port())
                .isEqualTo(65_535);

        assertThatThrownBy(() -> new HttpProxy("proxy", 0, Optional.empty())).isInstanceOf(REFUSED);
        assertThatThrownBy(() -> new HttpProxy("proxy", 65_536, Optional.empty()))
                .isInstanceOf(REFUSED);
        assertThatThrownBy(() -> new HttpProxy("", 3128, Optional.empty())).isInstanceOf(REFUSED);
        assertThatThrownBy(() -> new HttpProxy("a".repeat(254), 3128, Optional.empty()))
                .isInstanceOf(REFUSED);
        assertThatThrownBy(() -> new HttpProxy("proxy/path", 3128, Optional.empty()))
                .isInstanceOf(REFUSED);
    }

    /** RFC 7617: the name ends at the first colon, and neither can have control characters. */
    @Test
    void itsUserCanBeSaidToIt() {
        assertThat(proxy("proxy", 3128, "u".repeat(200), "").credentials()).isPresent();

        for (String user : List.of("", "a:b", "a\n", "u".repeat(201))) {
            assertThatThrownBy(() -> proxy("proxy", 3128, user, "secret")).isInstanceOf(REFUSED);
        }
    }

    @Test
    void differentProxiesAreToldApartInATable() {
        assertThat(proxy("proxy", 3128, "gate", "secret"))
                .doesNotHaveSameHashCodeAs(proxy("other", 3128, "gate", "secret"));
    }

    @Test
    void whatIsBuiltTakesThisWay() {
        HttpClient client = built(new HttpProxy("proxy", 3128, Optional.empty()));

        assertThat(client.proxy().orElseThrow().select(URI.create("https://console.example")))
                .singleElement()
                .extracting(Proxy::address)
                .isEqualTo(InetSocketAddress.createUnresolved("proxy", 3128));
        assertThat(client.authenticator()).isEmpty();
    }

    /** The console, or who stands in its place, could ask for them, too. */
    @Test
    void credentialsAreToldToTheProxyAlone() {
        HttpClient client = built(proxy("proxy", 3128, "gate", "secret"));

        assertThat(asked(client, RequestorType.PROXY))
                .extracting(PasswordAuthentication::getUserName)
                .isEqualTo("gate");
        assertThat(asked(client, RequestorType.SERVER)).isNull();
    }

    private static HttpClient built(HttpProxy proxy) {
        HttpClient.Builder client = HttpClient.newBuilder();
        proxy.carry(client);
        return client.build();
    }

    private static @Nullable PasswordAuthentication asked(HttpClient client, RequestorType who) {
        return client.authenticator()
                .orElseThrow()
                .requestPasswordAuthenticationInstance("proxy", null, 3128, "https", "a realm", "Basic", null, who);
    }

    private static HttpProxy proxy(String host, int port, String user, String password) {
        return new HttpProxy(host, port, Optional.of(new PasswordAuthentication(user, password.toCharArray())));
    }
}
