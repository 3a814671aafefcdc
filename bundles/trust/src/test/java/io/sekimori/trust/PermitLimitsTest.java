package io.sekimori.trust;

import static io.sekimori.trust.World.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much is still a permit or a file of them, and what is one too many. */
class PermitLimitsTest {

    private static final Permit.Item ALPHA = item(World.ALPHA, "1.0.0", 1, "a".repeat(64));

    @Test
    void theLargestIsStillOne() {
        Permit largest = new Permit(
                NOW, NOW.plus(Permit.LONGEST), "sg-1", devices(500), Collections.nCopies(50, ALPHA), "r".repeat(300));

        assertThat(largest.devices()).hasSize(500);
        assertThat(largest.releases()).hasSize(50);
        assertThat(largest.expires()).isEqualTo(NOW.plus(Duration.ofDays(30)));
    }

    @Test
    void oneMoreOfAnythingIsTooMuch() {
        refused(NOW.plus(Permit.LONGEST).plusNanos(1), "sg-1", Set.of(), List.of(ALPHA), "why");
        refused(World.later(1), "sg-1", devices(501), List.of(ALPHA), "why");
        refused(World.later(1), "sg-1", Set.of(), Collections.nCopies(51, ALPHA), "why");
        refused(World.later(1), "sg-1", Set.of(), List.of(ALPHA), "r".repeat(301));
    }

    @Test
    void whatSaysNothingOrDeceivesIsNone() {
        refused(World.later(1), "", Set.of(), List.of(ALPHA), "why");
        refused(World.later(1), "sg-1", Set.of("d"), List.of(ALPHA), "why");
        refused(World.later(1), "sg-1", Set.of(), List.of(ALPHA), "");
        refused(World.later(1), "sg-1", Set.of(), List.of(ALPHA), "why\u202e");
        String digest = "a".repeat(64);
        assertThatIllegalArgumentException().isThrownBy(() -> item("a b", "1.0.0", 1, digest));
        assertThatIllegalArgumentException().isThrownBy(() -> item(World.ALPHA, "1", 1, digest));
        assertThatIllegalArgumentException().isThrownBy(() -> item(World.ALPHA, "1.0.0", 0, digest));
        assertThatIllegalArgumentException().isThrownBy(() -> item(World.ALPHA, "1.0.0", 1, "a"));
    }

    @Test
    void aFileOfAnotherFormatOrWithTooManyIsNone(@TempDir Path directory) throws Exception {
        RootMetadata root = RootMetadata.parse(Repository.RELEASE, "root.json", new World(directory).releases.anchor());
        JsonObject one = JsonObject.parse(permit().signed(List.of(new TestKey())));

        assertThat(FloorPermits.read(file(1, one, 32), root).documents()).hasSize(32);
        Verdicts.assertRefused(() -> FloorPermits.read(file(1, one, 33), root), TrustCode.PERMIT_MALFORMED);
        Verdicts.assertRefused(() -> FloorPermits.read(file(2, one, 1), root), TrustCode.PERMIT_MALFORMED);
        byte[] none = file(1, one, 0);
        assertThat(FloorPermits.read(padded(none, FloorPermits.MAX_BYTES), root).documents())
                .isEmpty();
        Verdicts.assertRefused(
                () -> FloorPermits.read(padded(none, FloorPermits.MAX_BYTES + 1), root), TrustCode.PERMIT_MALFORMED);
    }

    @Test
    void aRepositoryKeepsNoMoreThanAFileHolds(@TempDir Path directory) throws Exception {
        World world = new World(directory);
        Map<String, byte[]> kept = new HashMap<>();
        MetadataFiles files = new MetadataFiles() {
            @Override
            public void save(String name, byte[] bytes) {
                kept.put(name, bytes);
            }

            @Override
            public java.util.Optional<byte[]> fetch(String name, int maxBytes) {
                return java.util.Optional.ofNullable(kept.get(name));
            }
        };
        RootMetadata root = RootMetadata.parse(Repository.RELEASE, "root.json", world.releases.anchor());
        for (int i = 0; i < 32; i++) {
            assertThat(FloorPermits.add(files, root, signed("why " + i, world.targetsKey), NOW))
                    .isTrue();
        }

        Verdicts.assertRefused(
                () -> FloorPermits.add(files, root, signed("one more", world.targetsKey), NOW),
                TrustCode.PERMIT_MALFORMED);
        assertThat(FloorPermits.load(files, root).documents()).hasSize(32);
    }

    private static byte[] signed(String reason, Signer key) throws Exception {
        return new Permit(NOW, World.later(1), "sg-1", Set.of(), List.of(ALPHA), reason).signed(List.of(key));
    }

    private static Permit permit() {
        return new Permit(NOW, World.later(1), "sg-1", Set.of(), List.of(ALPHA), "why");
    }

    private static Permit.Item item(String symbolicName, String version, long counter, String sha256) {
        return new Permit.Item(symbolicName, version, counter, sha256);
    }

    private static Set<String> devices(int count) {
        return IntStream.range(0, count)
                .mapToObj(each -> String.format("%064x", each))
                .collect(Collectors.toSet());
    }

    private static byte[] file(long format, JsonObject permit, int count) {
        return JsonText.bytes(Map.of("format", format, "permits", Collections.nCopies(count, permit.asMap())));
    }

    private static byte[] padded(byte[] json, int length) {
        return (new String(json, StandardCharsets.UTF_8) + " ".repeat(length - json.length))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void refused(
            Instant expires, String model, Set<String> devices, List<Permit.Item> releases, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Permit(NOW, expires, model, devices, releases, reason));
    }
}
