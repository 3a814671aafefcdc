package io.sekimori.identity.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sekimori.identity.EnrolAnswer;
import io.sekimori.identity.IdentityCode;
import io.sekimori.identity.IdentityException;
import io.sekimori.trust.Activation;
import io.sekimori.trust.ActivationLabel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who holds the activation may be the first person: once, enrolled or not. */
class KnownActivationsTest {

    private static final String ANOTHER = "zyxwvutsrqponmlkjihgfedcba";

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
    void aUnitWithoutActivationProvesNothing() throws Exception {
        assertThat(known().isOpen()).isFalse();
        assertThat(known().holds(text(Lab.CODE))).isFalse();
        assertThat(known().holds(new byte[0])).isFalse();
    }

    @Test
    void theCodeProvesBeforeEnrolmentAndAfterIt() throws Exception {
        Files.write(folder.resolve("activation.json"), lab.activation(console).bytes());
        assertThat(known().holds(text(Lab.CODE))).isTrue();
        Files.delete(folder.resolve("activation.json"));
        assertThat(known().holds(text(Lab.CODE))).isFalse();

        assertThat(lab.enrol(lab.activation(console))).isInstanceOf(EnrolAnswer.Done.class);

        assertThat(known().isOpen()).isTrue();
        assertThat(known().holds(text(Lab.CODE))).isTrue();
        assertThat(known().holds(text(ANOTHER))).isFalse();
        assertThat(known().holds(text(Lab.CODE.substring(1)))).isFalse();
        assertThat(known().holds(text(Lab.CODE + "a"))).isFalse();
    }

    @Test
    void theCodeIsKeptAsAHashAlone() throws Exception {
        lab.enrol(lab.activation(console));
        spend(Lab.CODE);

        try (var files = Files.walk(lab.data())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(Lab.CODE);
            }
        }
    }

    @Test
    void itIsTakenAsPeopleTypeItAndAsLabelOrFile() throws Exception {
        lab.enrol(lab.activation(console));

        assertThat(known().holds(text(" ABCDEFGH-ijklmnop qrstuvwx 23\n"))).isTrue();
        assertThat(known().holds(lab.activation(console).bytes())).isTrue();
        assertThat(known().holds(ActivationLabel.of(lab.activation(console)))).isTrue();
        assertThat(known().holds(text(Lab.CODE.repeat(1_000)))).isFalse();
        byte[] huge = new byte[1 << 20];
        Arrays.fill(huge, (byte) ' ');
        assertThat(known().holds(huge)).isFalse();
    }

    @Test
    void itProvesOnceAlsoAfterARestart() throws Exception {
        lab.enrol(lab.activation(console));

        spend(Lab.CODE);

        assertThat(known().isOpen()).isFalse();
        assertThat(known().holds(text(Lab.CODE))).isFalse();
    }

    @Test
    void anActivationThatWaitsIsSpentTooAndStaysSoOnceItIsUsed() throws Exception {
        Files.write(folder.resolve("activation.json"), lab.activation(console).bytes());

        spend(Lab.CODE);
        lab.enrol(lab.activation(console));

        assertThat(known().isOpen()).isFalse();
    }

    /** Somebody looks while a transfer is prepared, or the power went before what was held was spent. */
    @Test
    void onlyWhatWasHeldIsSpentHoweverOftenAndWheneverItIsAsked() throws Exception {
        lab.enrol(lab.activation(console));
        known().spend();
        assertThat(known().holds(text(Lab.CODE))).isTrue();
        Files.write(folder.resolve("activation.json"), another().bytes());

        known().spend(); // another version, or the same after a restart
        known().spend();

        assertThat(known().holds(text(Lab.CODE))).isFalse();
        assertThat(known().isOpen()).isTrue();
        assertThat(known().holds(text(ANOTHER))).isTrue();
    }

    @Test
    void whatCannotBeRememberedAsHeldOpensNothing() throws Exception {
        lab.enrol(lab.activation(console));
        Files.createDirectory(lab.data().resolve("held"));

        assertThatExceptionOfType(IdentityException.class)
                .isThrownBy(() -> known().holds(text(Lab.CODE)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(IdentityCode.IDENTITY_UNREADABLE));
    }

    @Test
    void afterATransferTheNewCodeProvesAndTheOldOneDoesNot() throws Exception {
        lab.enrol(lab.activation(console));
        spend(Lab.CODE);

        lab.enrol(another());

        assertThat(known().holds(text(Lab.CODE))).isFalse();
        assertThat(known().holds(text(ANOTHER))).isTrue();
    }

    @Test
    void whatWasSpentAndCannotBeReadProvesNothing() throws Exception {
        lab.enrol(lab.activation(console));
        spend(Lab.CODE);
        byte[] whole = Files.readAllBytes(lab.data().resolve("spent"));

        for (int length = 0; length < whole.length - 1; length++) {
            Files.write(lab.data().resolve("spent"), Arrays.copyOf(whole, length));

            assertThatExceptionOfType(IdentityException.class)
                    .isThrownBy(() -> known().holds(text(Lab.CODE)))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(IdentityCode.IDENTITY_UNREADABLE));
        }
    }

    private void spend(String code) throws IdentityException {
        assertThat(known().holds(text(code))).isTrue();
        known().spend();
    }

    /** As for a transfer. */
    private Activation another() throws IOException {
        Activation old = lab.activation(console);
        return new Activation(old.place(), old.pins(), Instant.now().plus(Duration.ofHours(1)), text(ANOTHER));
    }

    private KnownActivations known() {
        return new KnownActivations(lab.unit);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
