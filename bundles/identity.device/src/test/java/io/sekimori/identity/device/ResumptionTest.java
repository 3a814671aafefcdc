package io.sekimori.identity.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.identity.EnrolAnswer;
import io.sekimori.identity.IdentityCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Enrolments that go on without being asked. */
class ResumptionTest {

    @TempDir
    private Path folder;

    private final TestConsole console = new TestConsole(new TestCa());
    private Lab lab;
    private Path laidDown;

    @BeforeEach
    void makeUnit() throws IOException {
        lab = new Lab(folder);
        laidDown = folder.resolve("activation.json");
    }

    @AfterEach
    void close() throws InterruptedException {
        console.close();
        lab.close();
    }

    @Test
    void anActivationOnTheUnitIsTakenAndWiped() throws Exception {
        Files.write(laidDown, lab.activation(console).bytes());
        DeviceIdentity identity = lab.identity();

        identity.begin();

        await(() -> !Files.exists(laidDown));
        assertThat(identity.enrolled()).isPresent();
        assertThat(lab.audited).endsWith("identity.enrol DONE  by io.sekimori.identity.device");
        identity.end();
    }

    @Test
    void withNothingToDoThereIsNoThread() throws Exception {
        DeviceIdentity identity = lab.identity();

        identity.begin();

        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("sekimori-identity"));
        identity.end();
    }

    @Test
    void aLostReplyIsAskedForAgainAfterAPowerCut() throws Exception {
        AtomicReference<PublicKey> first = new AtomicReference<>();
        X509Certificate issued = console.ca.gateway(lab.device.getPublic(), "CN=" + Lab.GATEWAY + ", OU=gateway");
        console.enrolment = key -> {
            first.set(key);
            return TestConsole.refusal(502, "LOST");
        };
        assertThat(lab.refusal(lab.activation(console))).isEqualTo(IdentityCode.CONSOLE_REFUSED);

        // The process ends here; another one begins.
        console.enrolment = key -> {
            assertThat(key).isEqualTo(first.get());
            return TestConsole.certificate(issued);
        };
        DeviceIdentity identity = lab.identity();
        identity.begin();

        await(() -> identity.enrolled().isPresent());
        await(() -> !Files.exists(lab.data().resolve("pending")));
        assertThat(identity.enrolled().orElseThrow().chain().get(0)).isEqualTo(issued);
        assertThat(console.authorizations).hasSize(2).allMatch(each -> each.equals(console.authorizations.get(0)));
        identity.end();
    }

    @Test
    void aPowerCutAfterTheIdentityWasKeptChangesNothing() throws Exception {
        lab.enrol(lab.activation(console));
        Files.write(lab.data().resolve("pending"), lab.activation(console).bytes());
        DeviceIdentity identity = lab.identity();

        identity.begin();

        await(() -> !Files.exists(lab.data().resolve("pending")));
        assertThat(console.authorizations).hasSize(1);
        identity.end();
    }

    @Test
    void aFinalRefusalIsNotTriedAgain() throws Exception {
        console.enrolment = key -> TestConsole.refusal(403, "CODE_USED");
        Files.write(laidDown, lab.activation(console).bytes());
        DeviceIdentity identity = lab.identity();

        identity.begin();

        await(() -> lab.audited.contains("identity.enrol REFUSED CODE_USED by io.sekimori.identity.device"));
        await(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("sekimori-identity")));
        assertThat(console.authorizations).hasSize(1);
        assertThat(laidDown).exists();
        identity.end();
    }

    @Test
    void whileTheConsoleIsAwayItIsTriedAgain() throws Exception {
        console.enrolment = key -> TestConsole.refusal(503, "AWAY");
        Files.write(laidDown, lab.activation(console).bytes());
        IdentityFolder files = new IdentityFolder(lab.data());
        DeviceIdentity tools = lab.identity();
        Enrolling enrolling = lab.enrolling(files, tools);
        try (Resumption resumption = new Resumption(lab.unit, files, enrolling, Lab.silent(), Duration.ofMillis(20))) {
            resumption.begin();
            await(() -> console.authorizations.size() >= 3);
            console.enrolment =
                    key -> TestConsole.certificate(console.ca.gateway(key, "CN=" + Lab.GATEWAY + ", OU=gateway"));

            await(() -> tools.enrolled().isPresent() && !Files.exists(laidDown));
        }
        assertThat(lab.enrol(lab.activation(console))).isInstanceOf(EnrolAnswer.Done.class);
    }

    private static void await(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(20)) {
                throw new AssertionError("what was waited for did not happen");
            }
            Thread.onSpinWait();
        }
    }
}
