package io.sekimori.trust;

import static io.sekimori.trust.Verdicts.assertAccepted;
import static io.sekimori.trust.Verdicts.assertRefused;
import static io.sekimori.trust.World.NOW;
import static io.sekimori.trust.World.later;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A console takes what delegated publishers signed, and gateways accept what it makes of it. */
class OnlinePublishersTest {

    private static final String PUMP = "org.acme.pump";
    private static final Instant ENDS = NOW.plus(Duration.ofDays(90));

    @TempDir
    private Path directory;

    private final TestKey acme = new TestKey();
    private final Map<String, byte[]> rows = new TreeMap<>();
    private OnlineReleases online;
    private World world;

    private record Rows(Map<String, byte[]> rows) implements MetadataFiles {

        @Override
        public Optional<byte[]> fetch(String name, int maxBytes) {
            return Optional.ofNullable(rows.get(name));
        }

        @Override
        public void save(String name, byte[] bytes) {
            rows.put(name, bytes);
        }
    }

    @BeforeEach
    void namesAreHandedOn() throws Exception {
        world = World.ready(directory);
        online = new OnlineReleases(new Rows(rows));
        online.begin(world.releases.anchor());
        publish(top(5, delegation(acme)));
    }

    @Test
    void whatAPublisherSignedReachesGateways() throws Exception {
        assertThat(online.publishers()).hasSize(1);
        assertThat(online.publishers().get(0).published()).isEmpty();
        Release pump = pump("1.0.0", 1);

        publish("acme", file(1, acme, pump), NOW);

        assertThat(online.facts().releases()).hasSize(3).contains(pump);
        assertThat(online.current()).contains("1.acme.json");
        assertThat(online.publishers().get(0).published().orElseThrow().expires())
                .isEqualTo(ENDS);
        world.assign(NOW, List.of(world.release(World.ALPHA, "1.0.0"), pump));
        assertAccepted(world.verdict(World.source(rows), world.director.metadata(World.DEVICE), NOW));
        assertThat(online.judge("acme", file(1, acme, pump), NOW)).isEmpty();
    }

    @Test
    void whatSnapshotAndTimestampSayStaysWhenTheyAreRenewed() throws Exception {
        publish("acme", file(1, acme, pump("1.0.0", 1)), NOW);

        assertThat(online.renew(keys(), Lifetimes.DEFAULT, NOW.plus(Duration.ofDays(40)), later(1)))
                .isTrue();

        assertThat(online.current()).contains("1.acme.json");
    }

    @Test
    void itIsHeldToWhatTheTargetsDemand() throws Exception {
        Release pump = pump("1.0.0", 1);

        assertRefused(() -> online.judge("other", file(1, acme, pump), NOW), PublishCode.DELEGATION_UNKNOWN);
        assertRefused(() -> online.judge("acme", file(1, world.mallory, pump), NOW), TrustCode.DELEGATED_SIGNATURES);
        // The top's own key is not the publisher's.
        assertRefused(() -> online.judge("acme", file(1, world.targetsKey, pump), NOW), TrustCode.DELEGATED_SIGNATURES);
        assertRefused(() -> online.judge("acme", file(1, acme, pump), ENDS), TrustCode.EXPIRED_DELEGATED);
        assertRefused(
                () -> online.judge("acme", file(1, acme, release("org.example.gamma", "1.0.0", 1)), NOW),
                PublishCode.NOT_DELEGATED);
        assertRefused(() -> online.judge("acme", new byte[] {'{'}, NOW), TrustCode.METADATA_MALFORMED);
    }

    @Test
    void itDoesNotDelegateOn() throws Exception {
        TargetsDraft further = new TargetsDraft(Map.of(), List.of(delegation(world.mallory)));

        assertRefused(
                () -> online.judge("acme", SignedFile.bytes(further.json(1, NOW, ENDS), List.of(acme)), NOW),
                TrustCode.TARGETS_DELEGATIONS);
    }

    @Test
    void itGoesForwardAlone() throws Exception {
        Release first = pump("1.0.0", 2);
        byte[] old = file(1, acme, first);
        publish("acme", old, NOW);
        publish("acme", file(2, acme, first, pump("1.1.0", 3)), later(1));

        assertRefused(() -> online.judge("acme", old, later(2)), PublishCode.TARGETS_NOT_NEWER);
        assertRefused(
                () -> online.judge("acme", file(3, acme, pump("1.1.0", 3)), later(2)), PublishCode.RELEASE_DROPPED);
        assertRefused(
                () -> online.judge("acme", file(3, acme, first, pump("1.1.0", 3), pump("1.2.0", 1)), later(2)),
                PublishCode.COUNTER_NOT_GROWING);
    }

    @Test
    void itDoesNotUndercutWhatTheTopReleased() throws Exception {
        publish(top(6, delegation(acme), pump("1.0.0", 7)));

        assertRefused(
                () -> online.judge("acme", file(1, acme, pump("1.1.0", 7)), NOW), PublishCode.COUNTER_NOT_GROWING);
        assertThat(online.judge("acme", file(1, acme, pump("1.1.0", 8)), NOW)).isPresent();
    }

    @Test
    void otherKeysForTheRoleMakeOldSignaturesWorthless() throws Exception {
        byte[] old = file(1, acme, pump("1.0.0", 1));
        publish("acme", old, NOW);
        TestKey heir = new TestKey();
        publish(top(6, delegation(heir)));

        assertRefused(() -> online.judge("acme", file(2, acme, pump("1.0.0", 1)), NOW), TrustCode.DELEGATED_SIGNATURES);
        // Nor does the heir have to stand for what the other one released.
        publish("acme", file(2, heir, pump("2.0.0", 5)), later(1));
        assertThat(online.facts().releases()).hasSize(3);
    }

    @Test
    void aPublisherWhoIsTakenBackReleasesNothing() throws Exception {
        publish("acme", file(1, acme, pump("1.0.0", 1)), NOW);

        publish(top(6, null));

        assertThat(online.publishers()).isEmpty();
        assertThat(online.facts().releases()).hasSize(2);
        // The snapshot goes on listing the file, since clients refuse one that drops what they knew (5.5.5).
        assertThat(online.current()).contains("1.acme.json");
        assertRefused(() -> online.judge("acme", file(2, acme, pump("1.0.0", 1)), NOW), PublishCode.DELEGATION_UNKNOWN);
        assertAccepted(world.verdict(World.source(rows), world.director.metadata(World.DEVICE), NOW));
    }

    private void publish(byte[] targets) throws Exception {
        assertThat(online.judge(targets, NOW)).isPresent();
        online.publish(targets, keys(), Lifetimes.DEFAULT, NOW);
    }

    private void publish(String role, byte[] file, Instant now) throws Exception {
        assertThat(online.judge(role, file, now)).isPresent();
        online.publish(role, file, keys(), Lifetimes.DEFAULT, now);
    }

    private List<Signer> keys() {
        return List.of(world.snapshotKey, world.timestampKey);
    }

    private static Delegation delegation(TestKey key) {
        return new Delegation(
                "acme",
                RoleKeys.of(1, key.publicKey()),
                List.of(new PathPattern("org.acme.*/*/*.jar")),
                List.of(),
                true);
    }

    private byte[] top(long version, Delegation delegation, Release... more) throws Exception {
        TargetsDraft draft =
                TargetsDraft.EMPTY.with(world.release(World.ALPHA, "1.0.0")).with(world.release(World.BETA, "1.0.0"));
        for (Release release : more) {
            draft = draft.with(release);
        }
        return SignedFile.bytes(
                (delegation == null ? draft : draft.with(delegation)).json(version, NOW, ENDS),
                List.of(world.targetsKey));
    }

    private static byte[] file(long version, TestKey signer, Release... releases) throws Exception {
        TargetsDraft draft = TargetsDraft.EMPTY;
        for (Release release : releases) {
            draft = draft.with(release);
        }
        return SignedFile.bytes(draft.json(version, NOW, ENDS), List.of(signer));
    }

    private static Release pump(String version, long counter) {
        return release(PUMP, version, counter);
    }

    private static Release release(String symbolicName, String version, long counter) {
        return new Release(
                Release.pathOf(Kind.BUNDLE, symbolicName, version),
                symbolicName,
                version,
                counter,
                0,
                0,
                Swap.OVERLAP,
                Kind.BUNDLE,
                5,
                Sha256.hex(version.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                List.of());
    }
}
