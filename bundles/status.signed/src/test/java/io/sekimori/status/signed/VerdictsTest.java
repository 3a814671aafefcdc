package io.sekimori.status.signed;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.generation.Generation;
import io.sekimori.generation.GenerationBundle;
import io.sekimori.generation.GenerationCode;
import io.sekimori.generation.Inspection;
import io.sekimori.trust.Refusal;
import io.sekimori.trust.Sha256;
import io.sekimori.trust.Swap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictsTest {

    private static final String DEVICE = "d".repeat(64);
    private static final String A = "a".repeat(64);
    private static final Generation GENERATION = new Generation(
            3,
            Instant.EPOCH,
            "0".repeat(64),
            1,
            List.of(new GenerationBundle("org.a", "1.0.0", A, 9, 0, 1, Swap.OVERLAP)),
            Map.of());
    private static final Verdicts.Installed RUNNING = new Verdicts.Installed("org.a", "1.0.0", A, "ACTIVE");

    @TempDir
    Path store;

    private final List<String> findings = new ArrayList<>();
    private Optional<String> own = Optional.of(DEVICE);

    @Test
    void whatTheEvidenceNamesAndTheDiskHasIsVouchedFor() {
        assertThat(judged(found(Map.of()), RUNNING)).containsExactly("org.a VOUCHED ");
        assertThat(findings).isEmpty();
    }

    @Test
    void aFileThatWasEditedIsRefused() {
        Refusal differs = new Refusal(GenerationCode.FILE_DIFFERS, "org.a");

        assertThat(judged(found(Map.of(A, differs)), RUNNING)).containsExactly("org.a REFUSED FILE_DIFFERS");
        assertThat(findings).containsExactly("FILE_DIFFERS org.a/1.0.0");
    }

    @Test
    void withoutEvidenceNothingIsVouchedForAndItIsSaidOnce() {
        Refusal refusal = new Refusal(GenerationCode.NO_TRUST_ROOT, "root.json");
        Inspection.Found found = new Inspection.Found(
                Optional.of(GENERATION), Optional.of(refusal), Map.of(), List.of(), Optional.empty());

        assertThat(judged(found, RUNNING)).containsExactly("org.a REFUSED NO_TRUST_ROOT");
        assertThat(findings).containsExactly("NO_TRUST_ROOT root.json");
    }

    @Test
    void whatCameAroundTheGateIsRefused() {
        assertThat(judged(found(Map.of()), RUNNING, new Verdicts.Installed("evil", "1.0.0", "", "INSTALLED")))
                .containsExactly("evil REFUSED UNADMITTED", "org.a VOUCHED ");
    }

    @Test
    void aBundleThatIsNotInstalledIsSaid() {
        assertThat(judged(found(Map.of()))).containsExactly("org.a REFUSED BUNDLE_ABSENT");
        assertThat(findings).containsExactly("BUNDLE_ABSENT org.a/1.0.0");
    }

    @Test
    void theOtherVersionOfATransitionIsJudgedByItsOwnFile() throws IOException {
        byte[] old = {1, 2, 3};
        String digest = Sha256.hex(old);
        Files.write(store.resolve(digest), old);
        Verdicts.Installed other = new Verdicts.Installed("org.a", "0.9.0", digest, "ACTIVE");

        assertThat(judged(found(Map.of()), RUNNING, other)).containsExactly("org.a VOUCHED ", "org.a VOUCHED ");
        Files.write(store.resolve(digest), new byte[] {9});
        assertThat(judged(found(Map.of()), RUNNING, other)).contains("org.a REFUSED FILE_DIFFERS");
    }

    @Test
    void theLaunchersFilesCount() {
        Inspection.Found found = new Inspection.Found(
                Optional.of(GENERATION),
                Optional.empty(),
                Map.of(),
                List.of(new Refusal(GenerationCode.SLOT_DIFFERS, "launcher.jar")),
                Optional.of(DEVICE));

        judged(found, RUNNING);

        assertThat(findings).containsExactly("SLOT_DIFFERS launcher.jar");
    }

    @Test
    void aGenerationThatWasAssignedToAnotherDeviceIsSaid() {
        own = Optional.of("f".repeat(64));

        assertThat(judged(found(Map.of()), RUNNING)).containsExactly("org.a VOUCHED ");

        assertThat(findings).containsExactly("DEVICE_DIFFERS assigned to the device key " + DEVICE);
    }

    @Test
    void whereTheOwnKeyIsNotKnownNothingIsSaidOfIt() {
        own = Optional.empty();

        judged(found(Map.of()), RUNNING);

        assertThat(findings).isEmpty();
    }

    private static Inspection.Found found(Map<String, Refusal> bundles) {
        return new Inspection.Found(Optional.of(GENERATION), Optional.empty(), bundles, List.of(), Optional.of(DEVICE));
    }

    private List<String> judged(Inspection.Found found, Verdicts.Installed... installed) {
        return new Verdicts(found, own, (code, detail) -> findings.add(code + " " + detail))
                .of(List.of(installed), store::resolve).stream()
                        .map(one -> one.name() + " " + one.verdict() + " " + one.code())
                        .toList();
    }
}
