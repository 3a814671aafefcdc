package io.sekimori.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.Swap;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The unit's own files: what is written is read back, and anything else is malformed. */
class FormatsTest {

    private static final String DIGEST = "ab".repeat(32);
    private static final GenerationBundle BUNDLE =
            new GenerationBundle("test.one", "1.0.0", DIGEST, 10, 3, 20, Swap.OVERLAP);
    private static final Generation GENERATION = new Generation(
            7,
            Instant.parse("2026-11-21T10:00:00.5Z"),
            DIGEST,
            29_000_000,
            List.of(BUNDLE),
            Map.of("test.pid", Map.of("text", "t", "number", 5L, "truth", true, "list", List.of("a", "b"))));

    @Test
    void aManifestIsReadBack() throws Exception {
        assertThat(Generation.parse(GENERATION.bytes())).isEqualTo(GENERATION);
        assertThat(GENERATION.created()).isEqualTo(Instant.parse("2026-11-21T10:00:00Z"));
    }

    @Test
    void aPointerIsReadBack() throws Exception {
        Confirmed confirmed =
                new Confirmed(7, Optional.of(6), Map.of("test.one", 3L, "generation", 9L), Map.of("test.one", 2L));

        assertThat(Confirmed.parse(confirmed.bytes())).isEqualTo(confirmed);
        assertThat(Confirmed.parse(new Confirmed(1, Optional.empty(), Map.of()).bytes())
                        .fallback())
                .isEmpty();
    }

    @Test
    void aTrialIsReadBackAndCountsDownToNothing() throws Exception {
        Trial trial = new Trial(7, 1);

        assertThat(Trial.parse(trial.bytes())).isEqualTo(trial);
        assertThat(trial.oneTryLess().oneTryLess()).isEqualTo(new Trial(7, 0));
        assertThat(new Trial(7, 3).spent().triesLeft()).isZero();
    }

    @Test
    void theIdOfASlotDependsOnNamesAndDigests() throws Exception {
        Slot slot = new Slot("/usr/lib/jvm/java-17", SlotFiles.of(Map.of("a.jar", DIGEST)));

        assertThat(Slot.parse(slot.bytes())).isEqualTo(slot);
        assertThat(slot.files().id())
                .isNotEqualTo(SlotFiles.of(Map.of("b.jar", DIGEST)).id())
                .isNotEqualTo(SlotFiles.of(Map.of("a.jar", "cd".repeat(32))).id());
    }

    @Test
    void aSlotWithItsOwnJavaRuntimeIsAnotherOne() throws Exception {
        SlotFiles without = SlotFiles.of(Map.of("a.jar", DIGEST));
        SlotFiles with = new SlotFiles(without.digests(), Optional.of("cd".repeat(32)));
        Slot slot = new Slot("/unit/slots/java", with, Optional.of("/opt/java"));

        assertThat(Slot.parse(slot.bytes())).isEqualTo(slot);
        assertThat(with.id()).isNotEqualTo(without.id());
        assertThat(new String(slot.bytes(), StandardCharsets.UTF_8).lines())
                .contains("  \"java\" : \"/unit/slots/java\",");
    }

    @Test
    void requestsAndAnswersAreReadAsTheyAreWritten() throws Exception {
        SlotRequest request = new SlotRequest("1-a", 7);
        SlotAnswer answer = SlotAnswer.installed("1-a", DIGEST);

        assertThat(SlotRequest.parse(request.bytes())).isEqualTo(request);
        assertThat(SlotAnswer.parse(answer.bytes())).isEqualTo(answer);
        assertThatThrownBy(() -> new SlotRequest("..", 7)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SlotRequest("a", 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void numbersStandOnLinesThatTheStartScriptFinds() {
        Confirmed confirmed = new Confirmed(7, Optional.of(6), Map.of("generation", 9L));
        Confirmed hard = new Confirmed(7, Optional.of(6), Map.of(), Map.of("generation", 9L));

        assertThat(new String(hard.bytes(), StandardCharsets.UTF_8).lines())
                .contains("  \"generation\" : 7,")
                .contains("  \"fallback\" : 6,");
        assertThat(new String(confirmed.bytes(), StandardCharsets.UTF_8).lines())
                .contains("  \"generation\" : 7")
                .contains("  \"fallback\" : 6,");
        assertThat(new String(new Trial(7, 2).bytes(), StandardCharsets.UTF_8).lines())
                .contains("  \"generation\" : 7,")
                .contains("  \"triesLeft\" : 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"format\":2,\"generation\":1,\"floors\":{}}",
                "{\"format\":1,\"generation\":0,\"floors\":{}}",
                "{\"format\":1,\"generation\":1}",
                "{\"format\":1,\"generation\":4294967297,\"floors\":{}}",
                "{\"format\":1,\"generation\":1,\"fallback\":1,\"floors\":{}}",
                "{\"format\":1,\"generation\":1,\"fallback\":\"0\",\"floors\":{}}",
                "{\"format\":1,\"generation\":1,\"floors\":{\"a\":-1}}",
                "{\"format\":1,\"generation\":1,\"generation\":2,\"floors\":{}}"
            })
    void anythingElseIsNoPointer(String text) {
        assertThatThrownBy(() -> Confirmed.parse(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedJson.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"format\":1,\"generation\":1,\"triesLeft\":-1}",
                "{\"format\":1,\"generation\":1,\"triesLeft\":101}",
                "{\"format\":1,\"generation\":1}",
                "{\"format\":1,\"triesLeft\":1}"
            })
    void anythingElseIsNoTrial(String text) {
        assertThatThrownBy(() -> Trial.parse(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedJson.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"overlap\"=\"hop\"",
                "\"number\" : 7=\"number\" : 0",
                "\"startLevel\" : 20=\"startLevel\" : 0",
                "\"length\" : 10=\"length\" : 0",
                "2026-11-21T10:00:00Z=yesterday",
                "\"test.one\"=\"\"",
                "\"number\" : 5=\"number\" : null"
            })
    void anythingElseIsNoManifest(String change) {
        String[] parts = change.split("=", 2);
        String text = new String(GENERATION.bytes(), StandardCharsets.UTF_8);
        String altered = text.replace(parts[0], parts[1]);

        assertThat(altered).isNotEqualTo(text);
        assertThatThrownBy(() -> Generation.parse(altered.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedJson.class);
    }

    @Test
    void aSymbolicNameOccursOnce() {
        assertThatThrownBy(() -> new Generation(1, Instant.EPOCH, DIGEST, 1, List.of(BUNDLE, BUNDLE), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aJavaHomeCannotCarryACommand() {
        assertThatThrownBy(() -> new Slot("/usr/lib/$(reboot)", SlotFiles.of(Map.of("a.jar", DIGEST))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Slot("usr/lib", SlotFiles.of(Map.of("a.jar", DIGEST))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFileOfASlotCannotLieElsewhere() {
        assertThatThrownBy(() -> SlotFiles.of(Map.of("../a.jar", DIGEST))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SlotFiles.of(Map.of("a:b.jar", DIGEST))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SlotFiles.of(Map.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNameplateIsReadBack() throws Exception {
        Nameplate nameplate = new Nameplate("Gateway 1", "A-001");

        assertThat(Nameplate.parse(nameplate.bytes())).isEqualTo(nameplate);
        assertThatThrownBy(() -> new Nameplate("", "A")).isInstanceOf(IllegalArgumentException.class);
    }
}
