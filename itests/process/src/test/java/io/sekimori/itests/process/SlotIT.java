package io.sekimori.itests.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sekimori.control.socket.ControlClient;
import io.sekimori.generation.Generations;
import io.sekimori.generation.Slot;
import io.sekimori.generation.SlotRequest;
import io.sekimori.generation.StartLog;
import io.sekimori.generation.Verification;
import io.sekimori.trust.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Launcher and framework are updated like everything else, by a helper of root's that believes only what is signed. */
class SlotIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LAUNCHER = "io.sekimori.launcher";
    private static final String TRUST = "io.sekimori.trust";

    @TempDir
    Path folder;

    // One gateway for all of it, since each takes seconds to start.
    @Test
    void aLauncherIsRefusedBeforeOrReplacesTheOneThatRuns() throws Exception {
        TestUnit unit = TestUnit.make(folder, folder.resolve("unit"), Map.of("deadline.seconds", 30L));
        try (GatewayChild gateway = GatewayChild.start(unit.unit().directory())) {
            gateway.awaitReady();
            withoutAHelperItIsSaidAtOnce(unit);
            try (PathUnit helper = new PathUnit(unit.unit())) {
                aPlanBringsNothingIn(unit);
                aLauncherThatDoesNotStartIsRefused(unit);
                aLauncherThatDoesNotKnowTheKeyTypeOfTheMetadataIsRefused(unit);
                aJavaRuntimeThatDoesNotStartIsRefused(unit);
                assertThat(unit.confirmed()).isEqualTo(1);
                assertThat(gateway.output()).doesNotContain("needs slot");
                helper.killedAt(List.of("fsync:when=4", "rename:when=1", "rename:when=2"));
                Path next = unit.slotEdition(LAUNCHER);
                Path java = unit.javaThat("#!/bin/sh\nexec " + System.getProperty("java.home") + "/bin/java \"$@\"\n");
                aGoodOneRunsAfterARestart(unit, gateway, next, java);
                assertThat(helper.halves()).isEmpty();
                helper.killedAt(List.of("rename:when=1", "rename:when=2"));
                whatWasDamagedOfItIsPutRightWhileItRuns(unit, unit.packLaunchedBy(next, java));
                assertThat(helper.halves()).isEmpty();
                whatTheUserOfTheGatewayMadeUpIsRefused(unit, helper);
            }
            assertThat(gateway.stop()).isZero();
        }
    }

    private static void withoutAHelperItIsSaidAtOnce(TestUnit unit) throws Exception {
        assertThat(refusal(unit, unit.packLaunchedBy(unit.slotEdition(LAUNCHER))))
                .startsWith("SLOT_MISSING");
    }

    private static void aPlanBringsNothingIn(TestUnit unit) throws Exception {
        JsonObject plan = TestUnit.answer(unit.client().plan(unit.packLaunchedBy(unit.slotEdition(LAUNCHER))));

        assertThat(plan.asMap().toString()).contains("launcher, framework or Java runtime change");
        assertThat(unit.unit().slotRequestFile()).doesNotExist();
    }

    private static void aLauncherThatDoesNotStartIsRefused(TestUnit unit) throws Exception {
        Path broken = PatchedJar.without(unit.slotEdition(LAUNCHER), "io/sekimori/launcher/main/Main.class");

        assertThat(refusal(unit, unit.packLaunchedBy(broken)))
                .startsWith("VERIFY_FAILED")
                .contains("exit code 1");
    }

    private static void aLauncherThatDoesNotKnowTheKeyTypeOfTheMetadataIsRefused(TestUnit unit) throws Exception {
        Path old = PatchedJar.saying(
                unit.slotEdition(TRUST), "io/sekimori/trust/SignatureScheme.class", "ed25519", "ed25518");

        assertThat(refusal(unit, unit.packLaunchedBy(old)))
                .startsWith("VERIFY_FAILED")
                .contains("exit code 21", "does not know the schemes [ed25519]");
    }

    private static void aJavaRuntimeThatDoesNotStartIsRefused(TestUnit unit) throws Exception {
        assertThat(refusal(unit, unit.packRunningOn(unit.javaThat("for another kind of machine"))))
                .startsWith("VERIFY_FAILED");
    }

    private static void aGoodOneRunsAfterARestart(TestUnit unit, GatewayChild gateway, Path next, Path java)
            throws Exception {
        ControlClient.Reply reply = unit.client().apply(unit.packLaunchedBy(next, java), event -> {});
        gateway.awaitReady(2);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(unit.answers()).isTrue());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(unit.unit().transitionFile()).doesNotExist());
        assertThat(reply).as(gateway.output()).isInstanceOf(ControlClient.Reply.Answer.class);
        JsonObject report = unit.transitions().get(0);
        assertThat(report.string("outcome")).as(report.asMap().toString()).isEqualTo("CONFIRMED");
        String slot = new Generations(unit.unit())
                .read(unit.confirmed())
                .orElseThrow()
                .slot();
        assertThat(new StartLog(unit.unit()).read().get(0).slot()).contains(slot);
        assertThat(unit.unit().slot(slot).resolve("java/bin/java")).isExecutable();
        assertThat(gateway.output()).doesNotContain("OTHER_SLOT");
        try (var jars = Files.list(unit.unit().slot(slot).resolve("lib"))) {
            assertThat(jars).anySatisfy(jar -> assertThat(jar).hasSameBinaryContentAs(next));
        }
    }

    /** What is signed comes with an update again; the helper is killed before the first and the second of two files. */
    private static void whatWasDamagedOfItIsPutRightWhileItRuns(TestUnit unit, Path pack) throws Exception {
        int before = unit.confirmed();
        Path slot = unit.unit()
                .slot(new Generations(unit.unit()).read(before).orElseThrow().slot());
        try (var jars = Files.list(slot.resolve("lib"))) {
            for (Path jar : jars.filter(SlotIT::isNotOfTheHelper).toList()) {
                flipInLicence(jar);
            }
        }
        assertThat(Slot.isWhole(slot)).isFalse();

        JsonObject report = TestUnit.answer(unit.client().apply(pack, event -> {}));

        assertThat(report.string("outcome")).as(report.asMap().toString()).isEqualTo("CONFIRMED");
        assertThat(Slot.isWhole(slot)).isTrue();
        assertThat(unit.confirmed()).isGreaterThan(before);
        assertThat(unit.verify(unit.confirmed())).isInstanceOf(Verification.Verified.class);
    }

    private static boolean isNotOfTheHelper(Path jar) {
        String name = jar.getFileName().toString();
        return name.contains("felix.framework") || name.contains("jackson-core");
    }

    /** One bit, where it lies, of what no process reads. */
    private static void flipInLicence(Path jar) throws IOException {
        byte[] bytes = Files.readAllBytes(jar);
        byte[] name = "META-INF/LICENSE".getBytes(StandardCharsets.US_ASCII);
        int at = 0;
        while (!Arrays.equals(bytes, at, at + name.length, name, 0, name.length)) {
            at++;
        }
        int inItsBytes = at + name.length + 100;
        try (FileChannel channel = FileChannel.open(jar, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {(byte) (bytes[inItsBytes] ^ 1)}), inItsBytes);
        }
    }

    private static void whatTheUserOfTheGatewayMadeUpIsRefused(TestUnit unit, PathUnit helper) throws Exception {
        Path assigned = unit.unit().evidence(unit.confirmed()).resolve("director/targets.json");
        String signed = Files.readString(assigned);
        Files.writeString(assigned, signed.replace("1.0.", "9.9."));
        assertThat(assigned).content().isNotEqualTo(signed);
        Files.write(unit.unit().slotRequestFile(), new SlotRequest("made-up", unit.confirmed()).bytes());

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(helper.answer().id()).isEqualTo("made-up"));

        assertThat(helper.answer().code()).isEqualTo("ASSIGNMENT_SIGNATURES");
    }

    private static String refusal(TestUnit unit, Path pack) throws Exception {
        TestUnit.answer(unit.client().apply(pack, event -> {}));
        JsonObject report = unit.transitions().get(0);
        assertThat(report.string("outcome")).as(report.asMap().toString()).isEqualTo("REFUSED");
        return report.string("code") + " " + report.string("detail");
    }
}
