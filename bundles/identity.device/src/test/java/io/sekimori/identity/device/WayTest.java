package io.sekimori.identity.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sekimori.identity.EnrolAnswer;
import io.sekimori.identity.Enrolled;
import io.sekimori.identity.HttpProxy;
import io.sekimori.identity.IdentityCode;
import io.sekimori.identity.kit.Tinyproxy;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WayTest {

    @TempDir
    private Path folder;

    private final TestConsole console = new TestConsole(new TestCa());
    private Lab lab;

    @BeforeEach
    void makeUnit() throws IOException {
        lab = new Lab(folder);
    }

    @AfterEach
    void close() throws InterruptedException {
        console.close();
        lab.close();
    }

    @Test
    void aGatewayIsEnrolledThroughARealProxyByWhoKnowsItsPassword() throws Exception {
        try (Tinyproxy proxy = new Tinyproxy(folder, "gate", "open-sesame")) {
            lab.way = Way.of(config("127.0.0.1:" + proxy.port(), "gate", "wrong"));
            assertThat(lab.refusal(lab.activation(console))).isEqualTo(IdentityCode.CONSOLE_UNREACHABLE);

            lab.way = Way.of(config("127.0.0.1:" + proxy.port(), "gate", "open-sesame"));
            EnrolAnswer answer = lab.enrol(lab.activation(console));

            assertThat(answer).isInstanceOf(EnrolAnswer.Done.class);
            assertThat(proxy.log())
                    .contains("CONNECT localhost:" + console.address().getPort());
        }
    }

    @Test
    void withoutAConfigurationItIsAskedDirectly() {
        assertThat(Way.of(config("", "", ""))).isEqualTo(Way.DIRECT);
        assertThat(Way.of(config(" ", "somebody", "left over")).proxy()).isEmpty();
    }

    @Test
    void aProxyHasAPlaceAndPerhapsCredentials() {
        HttpProxy open = Way.of(config(" proxy.site:3128 ", "", "")).proxy().orElseThrow();
        HttpProxy closed =
                Way.of(config("10.0.0.1:80", "gate", "secret")).proxy().orElseThrow();

        assertThat(open.host()).isEqualTo("proxy.site");
        assertThat(open.port()).isEqualTo(3128);
        assertThat(open.credentials()).isEmpty();
        assertThat(closed.credentials().orElseThrow().getPassword()).isEqualTo("secret".toCharArray());
        assertThat(closed.toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"proxy", ":3128", "proxy:", "proxy:0", "proxy:65536", "http://proxy:80", "a b:80", "proxy:80/"})
    void anotherPlaceIsRefused(String place) {
        assertThatIllegalArgumentException().isThrownBy(() -> Way.of(config(place, "", "")));
        assertThat(Way.first(config(place, "", ""), Lab.silent())).isEqualTo(Way.DIRECT);
    }

    @Test
    void halfCredentialsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Way.of(config("proxy:80", "", "secret")));
        assertThatIllegalArgumentException().isThrownBy(() -> Way.of(config("proxy:80", "a:b", "secret")));
    }

    @Test
    void whoKeepsAConnectionHearsOfAnotherProxyAndOfNothingElse() throws Exception {
        lab.enrol(lab.activation(console));
        DeviceIdentity identity = lab.identity();
        List<Enrolled> heard = new ArrayList<>();
        identity.listeners = List.of(heard::add);

        identity.configure(config("proxy:80", "gate", "secret"));
        HttpProxy first = identity.proxy().orElseThrow();
        identity.configure(config("proxy:80", "gate", "secret"));
        assertThat(identity.proxy().orElseThrow()).isEqualTo(first);
        assertThat(heard).hasSize(1);

        identity.configure(config("proxy:80", "gate", "other"));
        assertThat(identity.proxy().orElseThrow()).isNotEqualTo(first);
        identity.configure(config("nonsense", "", ""));
        assertThat(identity.proxy()).isPresent();
        assertThat(heard).hasSize(2);
        identity.configure(config("", "", ""));
        assertThat(identity.proxy()).isEmpty();
        assertThat(heard).hasSize(3);
    }

    private static RenewalSettings.Config config(String proxy, String user, String password) {
        Map<String, String> set = Map.of("proxy", proxy, "proxy_user", user, "proxy_password", password);
        InvocationHandler answers = (config, method, arguments) ->
                set.getOrDefault(method.getName(), "").isEmpty() ? method.getDefaultValue() : set.get(method.getName());
        return (RenewalSettings.Config) Proxy.newProxyInstance(
                WayTest.class.getClassLoader(), new Class<?>[] {RenewalSettings.Config.class}, answers);
    }
}
