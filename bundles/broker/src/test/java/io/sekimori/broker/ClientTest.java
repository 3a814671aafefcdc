package io.sekimori.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.broker.testkit.TestAuthority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientTest {

    private final TestAuthority authority = new TestAuthority("Sekimori");

    @Test
    void aGatewayAndAConsoleAreKnownByNameAndUnit() {
        assertThat(Client.of(authority.issue("g-abcdefgh2345", "gateway").certificate()))
                .contains(new Client.Gateway("g-abcdefgh2345"));
        assertThat(Client.of(authority.issue("console-2", "console").certificate()))
                .contains(new Client.Console("console-2"));
    }

    @ParameterizedTest
    @CsvSource({
        "console-1, gateway",
        "g-abcdefgh2345, console",
        "console, console",
        "console, gateway",
        "broker, broker",
        "g-abcdefgh234, gateway",
        "g-ABCDEFGH2345, gateway",
        "console-1, 'console, OU=gateway'",
        "console-1, 'gateway+OU=console'",
        "console-1, 'console, CN=g-abcdefgh2345'"
    })
    void anybodyElseIsNobody(String name, String unit) {
        assertThat(Client.of(authority.issue(name, unit).certificate())).isEmpty();
    }
}
