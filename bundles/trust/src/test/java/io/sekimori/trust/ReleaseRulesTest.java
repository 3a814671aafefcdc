package io.sekimori.trust;

import static io.sekimori.trust.Verdicts.assertAccepted;
import static io.sekimori.trust.Verdicts.assertRefused;
import static io.sekimori.trust.World.NOW;
import static io.sekimori.trust.World.later;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TUF 5.4 to 5.6, rules T1 to T5, S1 to S6 and A1. */
class ReleaseRulesTest {

    @TempDir
    Path directory;

    private World world;
    private Forgery forged;

    @BeforeEach
    void aReadyWorld() throws Exception {
        world = World.ready(directory);
        forged = new Forgery(world);
    }

    @Test
    void aForgeryThatBreaksNoRuleIsAccepted() throws Exception {
        assertAccepted(world.verdict(forged.files(), NOW));
    }

    @Test
    void aMissingTimestampIsRefused() throws Exception {
        assertRefused(without("timestamp.json"), TrustCode.TIMESTAMP_MISSING);
    }

    @Test
    void aTimestampOfAnotherKeyIsRefused() throws Exception {
        forged.timestampSigner = world.mallory;

        assertRefused(world.verdict(forged.files(), NOW), TrustCode.TIMESTAMP_SIGNATURES);
    }

    @Test
    void anAlteredTimestampIsRefused() throws Exception {
        Map<String, byte[]> files = world.releases.files();
        String text = new String(files.get("timestamp.json"), StandardCharsets.UTF_8);
        files.put("timestamp.json", text.replace("\"1.0.34\"", "\"1.0.35\"").getBytes(StandardCharsets.UTF_8));

        assertRefused(world.verdict(files, NOW), TrustCode.TIMESTAMP_SIGNATURES);
    }

    @Test
    void anOlderTimestampIsRefused() throws Exception {
        Map<String, byte[]> old = world.releases.files();
        world.publish(later(5));
        assertAccepted(world.verdict(later(5)));

        assertRefused(world.verdict(old, later(5)), TrustCode.TIMESTAMP_ROLLBACK);
    }

    @Test
    void aNewerTimestampThatNamesAnOlderSnapshotIsRefused() throws Exception {
        world.publish(later(5));
        assertAccepted(world.verdict(later(5)));

        forged.timestamp.put("version", Long.MAX_VALUE);
        assertRefused(world.verdict(forged.files(), later(5)), TrustCode.TIMESTAMP_SNAPSHOT_ROLLBACK);
    }

    @Test
    void anExpiredTimestampIsRefused() throws Exception {
        forged.timestamp.put("expires", TufTime.format(later(1)));

        assertRefused(world.verdict(forged.files(), later(1)), TrustCode.EXPIRED_TIMESTAMP);
    }

    @Test
    void aFrozenRepositoryIsRefusedAlthoughNothingChanged() throws Exception {
        assertAccepted(world.verdict(NOW));
        world.assign(NOW.plus(Lifetimes.DEFAULT.timestamp()));

        assertRefused(world.verdict(NOW.plus(Lifetimes.DEFAULT.timestamp())), TrustCode.EXPIRED_TIMESTAMP);
    }

    @Test
    void aTimestampOfTheSameVersionIsDiscardedWithoutAnError() throws Exception {
        assertAccepted(world.verdict(NOW));
        byte[] kept = Files.readAllBytes(world.state().resolve("release/timestamp.json"));

        forged.timestamp.put("x-other", true);
        assertAccepted(world.verdict(forged.files(), NOW));

        assertThat(Files.readAllBytes(world.state().resolve("release/timestamp.json")))
                .isEqualTo(kept);
    }

    @Test
    void aMissingSnapshotIsRefused() throws Exception {
        assertRefused(without(snapshotName()), TrustCode.SNAPSHOT_MISSING);
    }

    @Test
    void aSnapshotOfAnotherLengthIsRefused() throws Exception {
        Map<String, byte[]> files = world.releases.files();
        byte[] bytes = files.get(snapshotName());
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        longer[bytes.length] = ' ';
        files.put(snapshotName(), longer);

        assertRefused(world.verdict(files, NOW), TrustCode.SNAPSHOT_LENGTH);
    }

    @Test
    void aSnapshotOfAnotherHashIsRefusedBeforeItsSignaturesAreLookedAt() throws Exception {
        Map<String, byte[]> files = world.releases.files();
        files.put(snapshotName(), sameLengthOtherBytes(files.get(snapshotName())));

        assertRefused(world.verdict(files, NOW), TrustCode.SNAPSHOT_HASH);
    }

    @Test
    void aSnapshotOfAnotherKeyIsRefused() throws Exception {
        forged.snapshotSigner = world.mallory;

        assertRefused(world.verdict(forged.files(), NOW), TrustCode.SNAPSHOT_SIGNATURES);
    }

    @Test
    void aSnapshotOfAnotherVersionThanTheTimestampNamesIsRefused() throws Exception {
        long named = (Long) forged.snapshot.get("version");
        forged.snapshot.put("version", named + 1);
        Map<String, byte[]> files = forged.files();
        Map<String, Object> meta = Forgery.meta(Map.of("version", named), files.get((named + 1) + ".snapshot.json"));
        forged.timestamp.put("meta", new HashMap<>(Map.of("snapshot.json", meta)));
        files.put(named + ".snapshot.json", files.remove((named + 1) + ".snapshot.json"));
        files.put("timestamp.json", SignedFile.bytes(forged.timestamp, List.of(world.timestampKey)));

        assertRefused(world.verdict(files, NOW), TrustCode.SNAPSHOT_VERSION);
    }

    @Test
    void aSnapshotThatNamesOlderTargetsIsRefused() throws Exception {
        world.publish(later(5));
        assertAccepted(world.verdict(later(5)));

        forged.timestamp.put("version", Long.MAX_VALUE);
        forged.snapshot.put("version", Long.MAX_VALUE);
        assertRefused(world.verdict(forged.files(), later(5)), TrustCode.SNAPSHOT_ROLLBACK);
    }

    @Test
    void aSnapshotThatDropsATargetsFileIsRefused() throws Exception {
        Forgery.object(forged.snapshot, "meta").put("team.json", new HashMap<>(Map.of("version", 1L)));
        forged.timestamp.put("version", (Long) forged.timestamp.get("version") + 1);
        forged.snapshot.put("version", (Long) forged.snapshot.get("version") + 1);
        assertAccepted(world.verdict(forged.files(), NOW));
        world.publish(later(5));

        assertRefused(world.verdict(later(5)), TrustCode.SNAPSHOT_DROPPED);
    }

    @Test
    void anExpiredSnapshotIsRefused() throws Exception {
        forged.snapshot.put("expires", TufTime.format(later(1)));

        assertRefused(world.verdict(forged.files(), later(1)), TrustCode.EXPIRED_SNAPSHOT);
    }

    @Test
    void aSnapshotKeptOnTheUnitExpiresToo() throws Exception {
        forged.snapshot.put("expires", TufTime.format(later(1)));
        assertAccepted(world.verdict(forged.files(), NOW));

        assertRefused(world.verdict(forged.files(), later(1)), TrustCode.EXPIRED_SNAPSHOT);
    }

    @Test
    void missingTargetsAreRefused() throws Exception {
        assertRefused(without("1.targets.json"), TrustCode.TARGETS_MISSING);
    }

    @Test
    void targetsOfAnotherLengthAreRefused() throws Exception {
        forged.targets.put("x-more", "than the snapshot says");

        assertRefused(world.verdict(forged.filesWithSnapshotAsItIs(), NOW), TrustCode.TARGETS_LENGTH);
    }

    @Test
    void targetsOfAnotherHashAreRefused() throws Exception {
        Map<String, byte[]> files = world.releases.files();
        files.put("1.targets.json", sameLengthOtherBytes(files.get("1.targets.json")));

        assertRefused(world.verdict(files, NOW), TrustCode.TARGETS_HASH);
    }

    @Test
    void targetsOfAnotherKeyAreRefused() throws Exception {
        forged.targetsSigner = world.mallory;

        assertRefused(world.verdict(forged.files(), NOW), TrustCode.TARGETS_SIGNATURES);
    }

    @Test
    void targetsOfAnotherVersionThanTheSnapshotNamesAreRefused() throws Exception {
        forged.targets.put("version", 2L);
        byte[] targets = SignedFile.bytes(forged.targets, List.of(world.targetsKey));
        Forgery.object(forged.snapshot, "meta").put("targets.json", Forgery.meta(Map.of("version", 1L), targets));
        Map<String, byte[]> files = forged.filesWithSnapshotAsItIs();
        files.put("1.targets.json", targets);

        assertRefused(world.verdict(files, NOW), TrustCode.TARGETS_VERSION);
    }

    @Test
    void expiredTargetsAreRefused() throws Exception {
        forged.targets.put("expires", TufTime.format(later(1)));
        assertAccepted(world.verdict(forged.files(), NOW));

        assertRefused(world.verdict(forged.files(), later(1)), TrustCode.EXPIRED_TARGETS);
    }

    @Test
    void aDelegationThatLacksAPartIsRefused() throws Exception {
        forged.targets.put("delegations", Map.of("keys", Map.of(), "roles", List.of(Map.of("name", "team"))));

        assertRefused(world.verdict(forged.files(), NOW), TrustCode.METADATA_MALFORMED);
    }

    @Test
    void targetsThatDelegateToSuccinctRolesAreRefused() throws Exception {
        forged.targets.put("delegations", Map.of("keys", Map.of(), "succinct_roles", Map.of()));
        assertRefused(world.verdict(forged.files(), NOW), TrustCode.TARGETS_DELEGATIONS);

        forged.targets.put("delegations", Map.of("keys", Map.of(), "roles", List.of(), "succinct_roles", Map.of()));
        forged.snapshot.put("version", (Long) forged.snapshot.get("version") + 1);
        forged.timestamp.put("version", (Long) forged.timestamp.get("version") + 1);
        assertRefused(world.verdict(forged.files(), NOW), TrustCode.TARGETS_DELEGATIONS);
    }

    @Test
    void delegationsToNobodyAreNone() throws Exception {
        forged.targets.put("delegations", Map.of("keys", Map.of(), "roles", List.of()));

        assertAccepted(world.verdict(forged.files(), NOW));
    }

    @Test
    void metadataOfAnotherRoleIsRefused() throws Exception {
        forged.timestamp.put("_type", "snapshot");

        assertRefused(world.verdict(forged.files(), NOW), TrustCode.METADATA_TYPE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.0.0", "1", "1.0.34-x", "01.0", "1."})
    void metadataOfAnotherSpecificationIsRefused(String version) throws Exception {
        forged.timestamp.put("spec_version", version);

        assertRefused(world.verdict(forged.files(), NOW), TrustCode.METADATA_SPEC_VERSION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2030-01-01T00:00:00+00:00",
                "2030-01-01T00:00:00.000Z",
                "2030-01-01 00:00:00Z",
                "2030-13-01T00:00:00Z",
                "2030-02-30T00:00:00Z",
                "2030-01-01T24:00:00Z",
                "2030-06-30T23:59:60Z",
                "+12030-01-01T00:00:00Z",
                ""
            })
    void anyOtherFormOfDateIsRefused(String expires) throws Exception {
        forged.timestamp.put("expires", expires);

        assertRefused(world.verdict(forged.files(), NOW), TrustCode.METADATA_MALFORMED);
    }

    @Test
    void aVersionBelowOneIsRefused() throws Exception {
        forged.timestamp.put("version", 0L);

        assertRefused(world.verdict(forged.files(), NOW), TrustCode.METADATA_MALFORMED);
    }

    @Test
    void hashesOfUnknownAlgorithmsAloneAreRefused() throws Exception {
        Map<String, byte[]> files = forged.files();
        Forgery.object(forged.timestamp, "meta", "snapshot.json").put("hashes", Map.of("blake3", "00"));
        files.put("timestamp.json", SignedFile.bytes(forged.timestamp, List.of(world.timestampKey)));

        assertRefused(world.verdict(files, NOW), TrustCode.HASH_UNSUPPORTED);
    }

    @Test
    void lengthAndHashesMayBeLeftOut() throws Exception {
        Forgery.object(forged.snapshot, "meta").put("targets.json", new HashMap<>(Map.of("version", 1L)));

        assertAccepted(world.verdict(forged.filesWithSnapshotAsItIs(), NOW));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.root.json", "timestamp.json"})
    void endlessMetadataIsRefused(String name) throws Exception {
        MetadataSource endless = (asked, maxBytes) -> asked.equals(name)
                ? Optional.of(new byte[maxBytes + 1])
                : world.releases.metadata().fetch(asked, maxBytes);

        assertRefused(world.verdict(endless, world.director.metadata(World.DEVICE), NOW), TrustCode.METADATA_TOO_LONG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"timestamp.json", "snapshot.json", "targets.json"})
    void metadataTornOnTheUnitHeals(String name) throws Exception {
        assertAccepted(world.verdict(NOW));
        Path kept = world.state().resolve("release").resolve(name);
        byte[] whole = Files.readAllBytes(kept);

        for (byte[] torn : List.of(new byte[0], Arrays.copyOf(whole, whole.length / 2), new byte[999])) {
            Files.write(kept, torn);
            assertAccepted(world.verdict(NOW));
            assertThat(Files.readAllBytes(kept)).isEqualTo(whole);
        }
    }

    @Test
    void metadataMissingOnTheUnitIsFetchedAgain() throws Exception {
        assertAccepted(world.verdict(NOW));
        Files.delete(world.state().resolve("release/snapshot.json"));
        Files.delete(world.state().resolve("release/targets.json"));

        assertAccepted(world.verdict(NOW));
    }

    @Test
    void whatIsOnTheUnitIsNotFetchedAgain() throws Exception {
        assertAccepted(world.verdict(NOW));
        Map<String, byte[]> files = world.releases.files();
        files.remove(snapshotName());
        files.remove("1.targets.json");

        assertAccepted(world.verdict(files, NOW));
    }

    private Acceptance without(String name) throws Exception {
        Map<String, byte[]> files = world.releases.files();
        files.remove(name);
        return world.verdict(files, NOW);
    }

    private String snapshotName() {
        return forged.snapshot.get("version") + ".snapshot.json";
    }

    // The first digits of the first signature: still JSON, still as long.
    private static byte[] sameLengthOtherBytes(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int digit = text.indexOf("\"sig\"") + 9;
        String other = text.substring(0, digit) + (text.charAt(digit) == '0' ? '1' : '0') + text.substring(digit + 1);
        return other.getBytes(StandardCharsets.UTF_8);
    }
}
