package io.sekimori.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.cli.Session;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolloutStartTest {

    private static final String MADE =
            "{\"id\":\"r-abcdefghijkl\",\"name\":\"start\",\"state\":\"RUNNING\",\"counts\":{}}";

    private static final String SHOWN = MADE.replace(
            "\"counts\":{}",
            "\"counts\":{},\"reason\":\"\",\"waves\":[],\"changes\":[{\"kind\":\"BUNDLE\",\"symbolicName\":\"org.a\",\"version\":\"1.0.0\"},"
                    + "{\"kind\":\"BUNDLE\",\"symbolicName\":\"org.b\",\"version\":\"1.0.0\",\"startLevel\":20}]");

    @TempDir
    private Path directory;

    @Test
    void wrongWordsAreSaidBeforeAnybodyHasToSignIn() {
        Session.Result wrong =
                new Session(directory).sekimori("rollout start --name start --all --set java/jre/17.0.15@5");

        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.err()).startsWith("SET_MALFORMED:");
    }

    @Test
    void whatGatewaysStartWithIsNamedAsItsReleaseIs() throws Exception {
        try (ScriptedConsole console = new ScriptedConsole(directory)) {
            Session session = new Session(directory).with("SEKIMORI_CONFIG", directory.resolve("config"));
            console.answering(201, "{\"token\":\"secret-token\",\"name\":\"otto\",\"roles\":[\"OPERATOR\"]}");
            session.typing("correct horse battery")
                    .sekimori("login " + console.address() + " --name otto --password-stdin --fingerprint "
                            + console.fingerprint());
            console.answering(201, MADE).answering(200, SHOWN).answering(200, "{\"items\":[]}");

            Session.Result begun = session.sekimori("rollout start --name start --all --set org.a/1.0.0"
                    + " --set org.b/1.0.0@20"
                    + " --set slot/org.launcher/2.0.0 --remove java/org.jre");
            Session.Result shown = session.sekimori("rollout show r-abcdefghijkl");
            Session.Result level = session.sekimori("rollout start --name start --all --set org.b/1.0.0@101");
            Session.Result wrong = session.sekimori("rollout start --name start --all --set slot/org.launcher");

            assertThat(begun.exit()).as(begun.err()).isZero();
            assertThat(console.asked().get(1).replaceAll("\\s", ""))
                    .contains("{\"symbolicName\":\"org.a\",\"version\":\"1.0.0\"}")
                    .contains("{\"startLevel\":20,\"symbolicName\":\"org.b\",\"version\":\"1.0.0\"}")
                    .contains("{\"kind\":\"SLOT\",\"symbolicName\":\"org.launcher\",\"version\":\"2.0.0\"}")
                    .contains("{\"kind\":\"JAVA\",\"symbolicName\":\"org.jre\"}");
            assertThat(shown.out()).as(shown.err()).contains("  org.b 1.0.0 @20", "  org.a 1.0.0\n");
            assertThat(level.exit()).isEqualTo(2);
            assertThat(level.err()).startsWith("SET_MALFORMED:").contains("1 to 100");
            assertThat(console.asked()).as("nothing was tried").hasSize(4);
            assertThat(wrong.exit()).isEqualTo(2);
            assertThat(wrong.err()).contains("slot/org.launcher");
        }
    }
}
