package io.sekimori.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.trust.Activation;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActivationLabelTest {

    private static final String CODE = "abcdefghijklmnopqrstuvwx23";

    @TempDir
    private Path directory;

    private byte[] activation;

    @BeforeEach
    void anActivation() throws IOException {
        String hash = "5".repeat(64);
        try (Activation made = new Activation(
                new Activation.Place(
                        "g-abcdefghijkl",
                        "sekimori",
                        URI.create("https://console.example:8443"),
                        URI.create("ssl://console.example:8883")),
                new Activation.Pins(hash, hash),
                Session.NOW.plus(Duration.ofHours(72)),
                CODE.getBytes(US_ASCII))) {
            activation = made.bytes();
        }
        Files.write(directory.resolve("activation.json"), activation);
    }

    @Test
    void theLabelIsOneLineThatSaysWhatTheFileSays() throws MalformedJson {
        Session.Result printed = session().must("identity label activation.json");

        assertThat(printed.out()).matches("SEKIMORI1;[!-~]+\\R");
        assertThat(printed.err()).isEmpty();
        assertThat(Activation.parse(printed.out().getBytes(US_ASCII)).bytes()).isEqualTo(activation);
    }

    @Test
    void aFileWithTheLabelGivesTheSameLabel() throws IOException {
        String label = session().must("identity label activation.json").out();
        Files.writeString(directory.resolve("label.txt"), label);

        assertThat(session().must("identity label label.txt").out()).isEqualTo(label);
    }

    @Test
    void theCodeAloneComesInGroupsThatCanBeTyped() {
        String code = session().must("identity label activation.json --code").out();

        assertThat(code).isEqualTo("abcd-efgh-ijkl-mnop-qrst-uvwx-23" + System.lineSeparator());
    }

    @Test
    void asDataItNamesWhomItIsFor() throws MalformedJson {
        var data = session().must("identity label activation.json --json").json();

        assertThat(data.string("gateway")).isEqualTo("g-abcdefghijkl");
        assertThat(data.string("console")).isEqualTo("https://console.example:8443");
        assertThat(data.string("notAfter")).isEqualTo("2026-11-24T12:00:00Z");
        assertThat(data.string("label")).startsWith("SEKIMORI1;");
        assertThat(data.string("code")).isEqualTo("abcd-efgh-ijkl-mnop-qrst-uvwx-23");
    }

    @Test
    void oneWhoseTimeIsOverIsPrintedWithANote() {
        Session.Result late =
                session().at(Session.NOW.plus(Duration.ofHours(73))).must("identity label activation.json");

        assertThat(late.out()).startsWith("SEKIMORI1;");
        assertThat(late.err()).contains("2026-11-24T12:00:00Z");
    }

    @Test
    void whatIsNoActivationIsRefusedAndNotQuoted() throws IOException {
        Files.writeString(directory.resolve("activation.json"), "SEKIMORI1;g-abcdefghijkl;" + CODE);

        Session.Result refused = session().sekimori("identity label activation.json");

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err())
                .startsWith("ACTIVATION_MALFORMED:")
                .contains("->")
                .doesNotContain(CODE);
        assertThat(session().sekimori("identity label nothing.json").err()).startsWith("NO_ACTIVATION:");
    }

    private Session session() {
        return new Session(directory);
    }
}
