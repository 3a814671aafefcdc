package io.sekimori.trust;

import static io.sekimori.trust.Verdicts.assertAccepted;
import static io.sekimori.trust.Verdicts.assertRefused;
import static io.sekimori.trust.World.NOW;
import static io.sekimori.trust.World.later;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A publisher's clock was ahead, and a gateway was made with what it signed; the console signs above it. */
class OvertakingTest {

    @TempDir
    Path directory;

    private final Map<String, byte[]> rows = new TreeMap<>();
    private final OnlineReleases console = new OnlineReleases(new MetadataFiles() {

        @Override
        public Optional<byte[]> fetch(String name, int maxBytes) {
            return Optional.ofNullable(rows.get(name));
        }

        @Override
        public void save(String name, byte[] bytes) {
            rows.put(name, bytes);
        }
    });
    private World world;
    private List<Signer> keys;

    @BeforeEach
    void aConsoleHasPublishedTheSame() throws Exception {
        world = World.ready(directory);
        keys = List.of(world.snapshotKey, world.timestampKey);
        console.begin(world.releases.anchor());
        byte[] targets = world.releases.files().get("1.targets.json");
        assertThat(console.judge(targets, later(1))).isPresent();
        console.publish(targets, keys, Lifetimes.DEFAULT, later(1));
    }

    @Test
    void aGatewayMadeWithWhatWasAheadTakesWhatTheConsoleSignsAboveIt() throws Exception {
        ahead(Duration.ofHours(3));
        assertAccepted(world.verdict(later(2)));
        assertRefused(verdict(), TrustCode.TIMESTAMP_ROLLBACK);

        assertThat(overtake(world.releases.timestamp().orElseThrow())).isTrue();

        assertAccepted(verdict());
    }

    @Test
    void itIsDoneOnceAndWhatTheConsoleSignsNextIsAboveIt() throws Exception {
        ahead(Duration.ofHours(3));
        byte[] timestamp = world.releases.timestamp().orElseThrow();
        overtake(timestamp);
        long number = number();

        assertThat(overtake(timestamp)).isFalse();
        console.renew(keys, Lifetimes.DEFAULT, later(60 * 24 * 400), later(5));

        assertThat(number()).isEqualTo(number + 1);
    }

    @Test
    void whatIsNotAheadChangesNothing() throws Exception {
        Map<String, byte[]> before = Map.copyOf(rows);

        assertThat(overtake(world.releases.timestamp().orElseThrow())).isFalse();
        assertThat(overtake(rows.get(TimestampMetadata.FILE))).isFalse();
        assertThat(rows).isEqualTo(before);
    }

    /** Its own timestamp may be behind while the snapshot that it names is ahead (5.4.3.2). */
    @Test
    void alsoTheSnapshotsNumberIsOvertaken() throws Exception {
        byte[] one = timestamp(1, later(60).getEpochSecond());

        assertThat(overtake(one)).isTrue();

        assertThat(TimestampMetadata.parse(rows.get(TimestampMetadata.FILE))
                        .snapshot()
                        .version())
                .isGreaterThan(later(60).getEpochSecond());
    }

    /** A gateway takes another timestamp of the number that it trusts for nothing new (5.4.3.1). */
    @Test
    void ofTheSameNumberThereAreNoTwo() throws Exception {
        assertThat(overtake(timestamp(number(), 1))).isTrue();

        long snapshot = TimestampMetadata.parse(rows.get(TimestampMetadata.FILE))
                .snapshot()
                .version();
        assertThat(overtake(timestamp(1, snapshot))).isTrue();
        assertThat(overtake(timestamp(1, snapshot))).isFalse();
    }

    @Test
    void whoeverHasNoKeyOfTheRoleHasNothingCount() throws Exception {
        keys = List.of(world.snapshotKey, world.mallory);
        byte[] forged = timestamp(later(60).getEpochSecond(), 1);
        keys = List.of(world.snapshotKey, world.timestampKey);
        Map<String, byte[]> before = Map.copyOf(rows);

        assertRefused(() -> overtake(forged), TrustCode.TIMESTAMP_SIGNATURES);
        assertRefused(() -> overtake(new byte[] {'{'}), TrustCode.METADATA_MALFORMED);
        assertThat(rows).isEqualTo(before);
    }

    /** Else a stolen key could have everybody's numbers end. */
    @Test
    void byMoreThanADayNobodyIsFollowed() throws Exception {
        long tomorrow = later(2 + 60 * 24).getEpochSecond();

        assertRefused(() -> overtake(timestamp(tomorrow + 1, 1)), PublishCode.TIMESTAMP_AHEAD);
        assertRefused(() -> overtake(timestamp(1, tomorrow + 1)), PublishCode.TIMESTAMP_AHEAD);
        assertRefused(() -> overtake(timestamp(Long.MAX_VALUE / 4096, 1)), PublishCode.TIMESTAMP_AHEAD);
        assertThat(overtake(timestamp(tomorrow, 1))).isTrue();
    }

    @Test
    void whatItsRootNamesNoMoreIsNotOfferedToAConsole() throws Exception {
        Map<Role, RoleKeys> roles = world.releaseRoles();
        roles.put(Role.TIMESTAMP, RoleKeys.of(1, new TestKey().publicKey()));
        world.releases.newRoot(roles, List.of(world.rootKey), Lifetimes.DEFAULT, NOW);

        assertThat(world.releases.timestamp()).isEmpty();
    }

    /** A power cut in the middle: the timestamp comes last, and the next import does it again. */
    @Test
    void aCutBeforeTheTimestampLeavesWhatWas() throws Exception {
        ahead(Duration.ofHours(3));
        byte[] published = rows.get(TimestampMetadata.FILE);
        overtake(world.releases.timestamp().orElseThrow());
        rows.put(TimestampMetadata.FILE, published);

        assertThat(overtake(world.releases.timestamp().orElseThrow())).isTrue();
        assertAccepted(verdict());
    }

    private void ahead(Duration duration) throws Exception {
        world.releases.renew(keys, Lifetimes.DEFAULT, NOW.plus(duration));
    }

    private boolean overtake(byte[] timestamp) throws Exception {
        return console.overtake(timestamp, keys, Lifetimes.DEFAULT, later(2));
    }

    private Acceptance verdict() {
        return world.verdict(World.source(rows), world.director.metadata(World.DEVICE), later(3));
    }

    private long number() throws Exception {
        return TimestampMetadata.parse(rows.get(TimestampMetadata.FILE))
                .header()
                .version();
    }

    private byte[] timestamp(long version, long snapshot) throws Exception {
        return SignedFile.bytes(
                Map.of(
                        "_type",
                        "timestamp",
                        "spec_version",
                        Header.SPEC_VERSION,
                        "version",
                        version,
                        "expires",
                        "2027-01-01T00:00:00Z",
                        "meta",
                        Map.of("snapshot.json", Map.of("version", snapshot))),
                keys.subList(1, 2));
    }
}
