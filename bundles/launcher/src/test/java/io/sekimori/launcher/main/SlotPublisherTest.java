package io.sekimori.launcher.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.generation.Unit;
import io.sekimori.launcher.testkit.JarPublisher;
import io.sekimori.launcher.testkit.TestBundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where publishers are listed, root asks for the signature of one in each jar of a launcher, too. */
class SlotPublisherTest {

    // Of nobody: its key is gone.
    private static final String ACME = """
            -----BEGIN CERTIFICATE-----
            MIIBdTCCARugAwIBAgIUb9Pn9yCvcEuTQs8rZc5nTMcAUxQwCgYIKoZIzj0EAwIw
            DzENMAsGA1UEAwwEQWNtZTAgFw0yNjExMjIyMDM4MzlaGA8yMTI2MTAyOTIwMzgz
            OVowDzENMAsGA1UEAwwEQWNtZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABIdd
            MpywbFCj2axYdRZFMm2FIrHDU3TSwSMgnk2ToWesFDzu8H6pYLOPyhHW0ysJV2qA
            NnJypivNdii+auQViyejUzBRMB0GA1UdDgQWBBSO9l/A2chNlQwC8fZ6v+0zsHU5
            HzAfBgNVHSMEGDAWgBSO9l/A2chNlQwC8fZ6v+0zsHU5HzAPBgNVHRMBAf8EBTAD
            AQH/MAoGCCqGSM49BAMCA0gAMEUCIQDGVkX4NazjIC8XZXr0V4vO6SJqZ/LjQYa+
            4QMFuzqnYwIgSu36nJmJguxLNoQqxOUcWWaB0biRC2VMGkIpAeZUBpI=
            -----END CERTIFICATE-----
            """;

    @TempDir
    private static Path workshop;

    private static SignedSlots signed;
    private static JarPublisher publisher;
    private static String slotOfPublisher;

    @TempDir
    private Path work;

    private AskedHelper helper;
    private Unit unit;

    @BeforeAll
    static void whatWasSigned() throws Exception {
        signed = new SignedSlots(workshop);
        publisher = JarPublisher.make(workshop.resolve("acme.p12"));
        Path launcher = TestBundle.of("io.sekimori.launcher", "0.7.0")
                .entry("text", new byte[10])
                .write(workshop.resolve("slot-jars-7"));
        publisher.sign(launcher);
        slotOfPublisher = signed.stage(7, "0.7.0", launcher);
    }

    @BeforeEach
    void aUnitThatAsks() throws Exception {
        helper = new AskedHelper(signed, work);
        unit = helper.unit;
    }

    @Test
    void whereListedPublishersSignJarsRootAsksForThatOfALauncherToo() throws Exception {
        Files.writeString(unit.trust().resolve("publishers.pem"), "no certificate");
        helper.refused("PUBLISHERS_UNREADABLE");
        Files.writeString(unit.trust().resolve("publishers.pem"), ACME);
        helper.refused("JAR_UNSIGNED");
    }

    /** The clock of a unit without a battery stands before the publisher's certificate begins. */
    @Test
    void aSignedJarIsNotJudgedAtATimeBeforeItWasAssigned() throws Exception {
        publisher.list(unit.trust().resolve("publishers.pem"));
        helper.ask(7);

        assertThat(helper.runAt(Clock.fixed(Instant.parse("1971-01-01T00:00:00Z"), ZoneOffset.UTC)))
                .isEqualTo(ExitCode.OK);
        assertThat(unit.slot(slotOfPublisher)).exists();
    }

    @Test
    void aSignedJarIsJudgedByAClockThatIsLaterThanTheAssignment() throws Exception {
        publisher.list(unit.trust().resolve("publishers.pem"));
        helper.ask(7);

        assertThat(helper.runAt(Clock.offset(Clock.systemUTC(), Duration.ofDays(400))))
                .isEqualTo(ExitCode.SLOT_REFUSED);
        assertThat(helper.answer().code()).isEqualTo("JAR_SIGNER_EXPIRED");
    }
}
