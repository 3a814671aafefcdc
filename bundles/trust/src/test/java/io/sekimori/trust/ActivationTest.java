package io.sekimori.trust;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActivationTest {

    private static final String CODE = "abcdefghijklmnopqrstuvwx23";

    @Test
    void fileAndLabelSayTheSame() throws MalformedJson {
        Activation made = activation();

        Activation read = Activation.parse(made.bytes());
        Activation labelled = Activation.parse(ActivationLabel.of(made));

        assertThat(read.bytes()).isEqualTo(made.bytes()).isEqualTo(labelled.bytes());
        assertThat(labelled.place()).isEqualTo(made.place());
        assertThat(labelled.pins()).isEqualTo(made.pins());
        assertThat(new String(labelled.code(), US_ASCII)).isEqualTo(CODE);
        assertThat(labelled.id()).isEqualTo(made.id()).matches("[0-9a-f]{64}");
    }

    @Test
    void aLabelIsOneLineThatSurvivesBeingPasted() throws MalformedJson {
        String label = new String(ActivationLabel.of(activation()), US_ASCII);

        assertThat(label).matches("SEKIMORI1;[!-~]+").hasSizeLessThan(300);
        assertThat(Activation.parse((label + "\r\n").getBytes(US_ASCII)).bytes())
                .isEqualTo(activation().bytes());
    }

    @Test
    void aLabelThatIsMistypedOrCutOffIsRefused() {
        String label = new String(ActivationLabel.of(activation()), US_ASCII);

        for (int at = 0; at < label.length(); at++) {
            String cut = label.substring(0, at);
            String mistyped = cut + (label.charAt(at) == 'q' ? 'r' : 'q') + label.substring(at + 1);
            refuses(cut.getBytes(US_ASCII));
            refuses(mistyped.getBytes(US_ASCII));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "gateway,g-short",
        "gateway,console-1",
        "account,a/b",
        "console,http://console.example",
        "console,https://console.example/path",
        "console,https://user@console.example",
        "console,https://",
        "console,https://console.example:0",
        "console,https://console.example:70000",
        "broker,tcp://broker.example:1883",
        "broker,ssl://broker.example",
        "consoleKey,abc",
        "root,ABC",
        "notAfter,tomorrow",
        "code,short",
        "code,ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    })
    void aMalformedPartIsRefused(String name, String value) throws MalformedJson {
        Map<String, Object> members =
                new HashMap<>(JsonObject.parse(activation().bytes()).asMap());
        members.put(name, value);

        refuses(JsonText.bytes(members));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"format\":2}", "SEKIMORI1;", "SEKIMORI1;;;;;;;;;", "no json"})
    void whatIsNoActivationIsRefused(String text) {
        refuses(text.getBytes(US_ASCII));
        refuses(new byte[Activation.MAX_BYTES + 1]);
    }

    @Test
    void theCodeIsNeitherShownNorKeptAfterItsEnd() {
        Activation activation = activation();
        assertThat(activation.toString()).doesNotContain(CODE).contains("g-abcdefghijkl");

        activation.close();

        assertThat(activation.code()).containsOnly(0);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Activation(activation.place(), activation.pins(), Instant.EPOCH, "0".getBytes(US_ASCII)))
                .withMessageNotContaining("0");
    }

    private static void refuses(byte[] text) {
        assertThatExceptionOfType(MalformedJson.class)
                .isThrownBy(() -> Activation.parse(text))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(CODE));
    }

    private static Activation activation() {
        return new Activation(
                new Activation.Place(
                        "g-abcdefghijkl",
                        "sekimori",
                        URI.create("https://console.example:8443"),
                        URI.create("ssl://[::1]:8883")),
                new Activation.Pins("0a".repeat(32), "ff".repeat(32)),
                Instant.parse("2027-01-02T03:04:05.678Z"),
                CODE.getBytes(US_ASCII));
    }
}
