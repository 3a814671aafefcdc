package io.sekimori.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.cli.Session;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolloutStartTest {

    private static final String MADE =
            "{\"id\":\"r-abcdefghijkl\",\"name\":\"start\",\"state\":\"RUNNING\",\"counts\":{}}";

    @TempDir
    private Path directory;

    @Test
    void whatGatewaysStartWithIsNamedAsItsReleaseIs() throws Exception {
        try (ScriptedConsole console = new ScriptedConsole(directory)) {
            Session session = new Session(directory).with("SEKIMORI_CONFIG", directory.resolve("config"));
            console.answering(201, "{\"token\":\"secret-token\",\"name\":\"otto\",\"roles\":[\"OPERATOR\"]}");
            session.typing("correct horse battery")
                    .sekimori("login " + console.address() + " --name otto --password-stdin --fingerprint "
                            + console.fingerprint());
            console.answering(201, MADE);

            Session.Result begun = session.sekimori("rollout start --name start --all --set org.a/1.0.0"
                    + " --set slot/org.launcher/2.0.0 --remove java/org.jre");
            Session.Result wrong = session.sekimori("rollout start --name start --all --set slot/org.launcher");

            assertThat(begun.exit()).as(begun.err()).isZero();
            assertThat(console.asked().get(1).replaceAll("\\s", ""))
                    .contains("{\"symbolicName\":\"org.a\",\"version\":\"1.0.0\"}")
                    .contains("{\"kind\":\"SLOT\",\"symbolicName\":\"org.launcher\",\"version\":\"2.0.0\"}")
                    .contains("{\"kind\":\"JAVA\",\"symbolicName\":\"org.jre\"}");
            assertThat(wrong.exit()).isEqualTo(2);
            assertThat(wrong.err()).contains("slot/org.launcher");
        }
    }
}
