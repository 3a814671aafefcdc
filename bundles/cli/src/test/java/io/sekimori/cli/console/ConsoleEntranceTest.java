package io.sekimori.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.cli.Failure;
import io.sekimori.cli.Shell;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleEntranceTest {

    private static final String FINGERPRINT = "0123456789abcdef".repeat(4);

    @Test
    void aConsoleOfThisMachineSaysHowOthersReachIt() throws Failure {
        assertThat(told("127.0.0.1:8443", "127.0.0.1:8883"))
                .contains(
                        "https://127.0.0.1:8443",
                        FINGERPRINT,
                        "sekimori login https://127.0.0.1:8443 --fingerprint " + FINGERPRINT,
                        "ssh -L 8443:127.0.0.1:8443 -L 8883:127.0.0.1:8883 HOST");
    }

    @Test
    void aConsoleThatOthersReachNeedsNoTunnel() throws Failure {
        assertThat(told("192.0.2.7:443", "192.0.2.7:8883"))
                .contains("https://192.0.2.7:443")
                .doesNotContain("ssh");
    }

    private static String told(String https, String mqtt) throws Failure {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Shell shell = new Shell(out, out, false, Map.of("LANG", "C.UTF-8"), Clock.systemUTC(), Path.of(""));
        new ConsoleEntrance(new ConsoleFacts(
                        ConsoleFacts.Endpoint.parse(https), ConsoleFacts.Endpoint.parse(mqtt), "sekimori", FINGERPRINT))
                .tell(shell);
        return out.toString(StandardCharsets.UTF_8);
    }
}
