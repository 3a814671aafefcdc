package io.sekimori.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.cli.Session;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayStatusTest {

    private static final String STATUS = "{\"at\":\"2026-11-22T12:00:00Z\",\"received\":\"2026-11-22T12:00:05Z\","
            + "\"sequence\":7,\"generation\":3,\"bundles\":["
            + "{\"name\":\"org.a\",\"version\":\"1.0.0\",\"verdict\":\"vouched\"},"
            + "{\"name\":\"org.b\",\"version\":\"2.0.0\",\"verdict\":\"refused\",\"code\":\"FILE_DIFFERS\"}],"
            + "\"health\":[{\"name\":\"link\",\"status\":\"WARN\",\"message\":\"offline\"}],"
            + "\"resources\":{\"cpuPercent\":5},\"certificates\":[],"
            + "\"findings\":[{\"code\":\"FILE_DIFFERS\",\"detail\":\"org.b/2.0.0\",\"since\":\"2026-11-22T11:00:00Z\"}]}";

    @TempDir
    private Path directory;

    private ScriptedConsole console;
    private Session session;

    @BeforeEach
    void signIn() throws Exception {
        console = new ScriptedConsole(directory);
        session = new Session(directory).with("SEKIMORI_CONFIG", directory.resolve("config"));
        console.answering(201, "{\"token\":\"secret-token\",\"name\":\"hana\",\"roles\":[\"VIEWER\"]}");
        session.typing("correct horse battery")
                .sekimori("login " + console.address() + " --name hana --password-stdin --fingerprint "
                        + console.fingerprint());
    }

    @AfterEach
    void end() {
        console.close();
    }

    @Test
    void whatAGatewaySaidIsShownWithWhenItWasSo() {
        console.answering(200, STATUS);

        Session.Result result = session.sekimori("gateways status g-aaaaaaaaaaaa");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("2026-11-22T12:00:00Z", "2026-11-22T12:00:05Z", "FILE_DIFFERS", "1 of 2", "offline");
        assertThat(console.asked().get(1)).isEqualTo("GET /v1/gateways/g-aaaaaaaaaaaa/status");
    }

    @Test
    void aPackIsWrittenWholeOrNotAtAll() {
        Path file = directory.resolve("update.zip");
        console.answering(200, "PK, cut off on its way");

        Session.Result cut = session.sekimori("gateways pack g-aaaaaaaaaaaa --out " + file);

        assertThat(cut.exit()).isNotZero();
        assertThat(cut.err()).contains("PACK_MALFORMED");
        assertThat(directory).isDirectoryNotContaining("glob:**update.zip*");
        console.answering(200, "PK\5\6" + "\0".repeat(18)); // the smallest that opens

        Session.Result whole = session.sekimori("gateways pack g-aaaaaaaaaaaa --out " + file);

        assertThat(whole.exit()).as(whole.err()).isZero();
        assertThat(file).hasSize(22);
        assertThat(console.asked().get(1)).isEqualTo("POST /v1/gateways/g-aaaaaaaaaaaa/pack");
    }

    @Test
    void aGatewayProvesNowWhatItRunsAndOnlyThatIsSuccess() {
        String proof = "{\"verdict\":\"VERDICT\",\"gateway\":{\"generation\":3,\"made\":\"2026-11-22T12:00:00Z\","
                + "\"attacks\":27,\"findings\":[\"ATTACK BELOW_FLOOR by console, seen 1\"],"
                + "\"belowFloor\":[\"org.a/1.0.0 counter 3, floor 5\"]}}";
        console.answering(200, proof.replace("VERDICT", "AS_ASSIGNED"));
        console.answering(200, proof.replace("VERDICT", "DIFFERS"));

        Session.Result well = session.sekimori("gateways ask g-aaaaaaaaaaaa");

        assertThat(well.exit()).as(well.err()).isZero();
        assertThat(well.out())
                .contains("AS_ASSIGNED", "27", "2026-11-22T12:00:00Z", "ATTACK BELOW_FLOOR", "counter 3, floor 5");
        assertThat(console.asked().get(1)).isEqualTo("POST /v1/gateways/g-aaaaaaaaaaaa/report");
        assertThat(session.sekimori("gateways ask g-aaaaaaaaaaaa --json").exit())
                .isEqualTo(1);
    }

    @Test
    void whatIsHeldBackIsShownWithWhyAndWhatToDo() {
        String gateway = "{\"id\":\"g-aaaaaaaaaaaa\",\"serial\":\"0001\",\"generation\":3}";
        String held = "{\"held\":{\"assignment\":8,\"code\":\"BELOW_FLOOR\",\"detail\":\"org.a/1.0.0 has counter 1,"
                + " the floor is 3\",\"advice\":\"Assign a newer one.\"}}";
        console.answering(200, gateway);
        console.answering(200, held);
        console.answering(200, gateway);
        console.answering(200, held);

        Session.Result shown = session.sekimori("gateways show g-aaaaaaaaaaaa");

        assertThat(shown.exit()).as(shown.err()).isZero();
        assertThat(shown.out())
                .contains("assignment 8", "BELOW_FLOOR: org.a/1.0.0 has counter 1", "-> Assign a newer one.");
        assertThat(session.sekimori("gateways show g-aaaaaaaaaaaa --json").out())
                .contains("\"held\"", "\"serial\"");
        for (String code : List.of("AREA_ABSENT", "AREA_FAILED")) {
            console.answering(200, gateway);
            console.answering(503, "{\"code\":\"" + code + "\",\"detail\":\"the director\"}");

            Session.Result without = session.sekimori("gateways show g-aaaaaaaaaaaa");

            assertThat(without.exit()).as(without.err()).isZero();
            assertThat(without.out()).contains("0001").doesNotContain("Held back");
            assertThat(without.err()).contains("cannot be told now (" + code + ")");
        }
    }

    @Test
    void programsGetItAsItIs() {
        console.answering(200, STATUS);

        assertThat(session.sekimori("gateways status g-aaaaaaaaaaaa --json").out())
                .contains("\"sequence\"", "\"FILE_DIFFERS\"");
    }
}
