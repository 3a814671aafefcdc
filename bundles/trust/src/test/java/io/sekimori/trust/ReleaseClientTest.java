package io.sekimori.trust;

import static io.sekimori.trust.Verdicts.assertRefused;
import static io.sekimori.trust.World.ALPHA;
import static io.sekimori.trust.World.NOW;
import static io.sekimori.trust.World.later;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the client of the releases tells beside its verdict, and how much it reads. */
class ReleaseClientTest {

    private static final String FILE = "timestamp.json";
    private static final int MOST = Document.TIMESTAMP.maxBytes;

    @TempDir
    Path directory;

    private World world;
    private TrustedFiles kept;

    @BeforeEach
    void aReadyWorld() throws Exception {
        world = World.ready(directory);
        kept = new TrustedDirectory(Files.createDirectories(world.state().resolve("release")));
    }

    @Test
    void allThatVouchesIsHandedOn() throws Exception {
        world.releases.newRoot(world.releaseRoles(), List.of(world.rootKey), Lifetimes.DEFAULT, NOW);
        Tree tree = new Tree(world);
        tree.delegate(Tree.TOP, "team", new TestKey(), ALPHA + "/*/*");
        Map<String, byte[]> files = tree.files();
        ReleaseClient client = client(files, UpdateTime.of(NOW), Carrier.NETWORK);

        TargetSearch search = client.refresh(world.releases.anchor());
        search.asked(world.release(ALPHA, "1.0.0").path());

        assertThat(client.vouching())
                .containsOnlyKeys(
                        "2.root.json", "timestamp.json", "snapshot.json", "targets.json", "delegated.team.json")
                .containsEntry("2.root.json", files.get("2.root.json"))
                .containsEntry("delegated.team.json", files.get("1.team.json"));
    }

    @Test
    void whetherNamesHaveVersionsIsKnownOnceItWasRefreshed() throws Exception {
        ReleaseClient client = client(world.releases.files(), UpdateTime.of(NOW), Carrier.NETWORK);
        assertThat(client.consistentSnapshot()).isFalse();

        client.refresh(world.releases.anchor());

        assertThat(client.consistentSnapshot()).isTrue();
    }

    @Test
    void whatOfflineKeysSignedTellsTheTime() throws Exception {
        UpdateTime time = UpdateTime.of(later(120));
        Tree tree = new Tree(world);
        TestKey team = new TestKey();
        tree.delegate(Tree.TOP, "team", team, ALPHA + "/*/*");
        tree.role(Tree.TOP).put("issued", TufTime.format(later(60)));
        tree.role("team").put("issued", TufTime.format(later(90)));
        ReleaseClient client = client(tree.files(), time, Carrier.NETWORK);

        RootMetadata root = client.follow(world.releases.anchor());
        assertThat(time.floor()).isEqualTo(NOW).isEqualTo(client.issued());
        TargetSearch search = client.refresh(root);
        assertThat(time.floor()).isEqualTo(later(60)).isEqualTo(client.issued());
        search.asked(world.release(ALPHA, "1.0.0").path());
        assertThat(time.floor()).isEqualTo(later(90)).isEqualTo(client.issued());
    }

    @Test
    void whatHasExpiredIsRefusedWhereverItStands() throws Exception {
        Instant afterRoot = NOW.plus(Lifetimes.DEFAULT.root());
        Tree tree = new Tree(world);
        tree.delegate(Tree.TOP, "team", new TestKey(), ALPHA + "/*/*");
        tree.role("team").put("expires", TufTime.format(later(5)));
        TargetSearch search =
                client(tree.files(), UpdateTime.of(later(5)), Carrier.NETWORK).refresh(world.releases.anchor());

        assertRefused(() -> search.asked(world.release(ALPHA, "1.0.0").path()), TrustCode.EXPIRED_DELEGATED);
        assertRefused(
                () -> client(world.releases.files(), UpdateTime.of(afterRoot), Carrier.NETWORK)
                        .refresh(world.releases.anchor()),
                TrustCode.EXPIRED_ROOT);
    }

    @Test
    void whatWasTakenStaleFromAMediumIsTold() throws Exception {
        Instant late = NOW.plus(Lifetimes.DEFAULT.timestamp());
        Carrier medium = new Carrier.Medium(Duration.ofDays(365), Optional.empty());
        ReleaseClient client = client(world.releases.files(), UpdateTime.of(late), medium);

        client.refresh(world.releases.anchor());

        assertThat(client.staleSince()).contains(late);
    }

    @Test
    void permitsAreFetchedWithTheRest() throws Exception {
        Map<String, byte[]> files = world.releases.files();
        assertThat(client(files, UpdateTime.of(NOW), Carrier.NETWORK).permits()).isEmpty();

        files.put(FloorPermits.FILE, new byte[] {1});

        assertThat(client(files, UpdateTime.of(NOW), Carrier.NETWORK).permits())
                .hasValueSatisfying(bytes -> assertThat(bytes).containsExactly(1));
    }

    /** As good as absent: else whoever can write the state could have a snapshot forbid all that is to come. */
    @Test
    void aKeptSnapshotThatNobodySignedForbidsNothing() throws Exception {
        Forgery forged = new Forgery(world);
        Forgery.object(forged.snapshot, "meta", "targets.json").put("version", Long.MAX_VALUE);
        kept.save(SnapshotMetadata.FILE, SignedFile.bytes(forged.snapshot, List.of(world.mallory)));

        assertThatCode(() -> client(world.releases.files(), UpdateTime.of(NOW), Carrier.NETWORK)
                        .refresh(world.releases.anchor()))
                .doesNotThrowAnyException();
    }

    @Test
    void asMuchAsADocumentMayHaveIsReadAndNotAByteMore() throws Exception {
        Map<Integer, Integer> asked = new HashMap<>();
        Fetch whole = fetch(MOST, asked);
        Fetch longer = fetch(MOST + 1, asked);

        assertThat(whole.required(FILE, Document.TIMESTAMP)).hasSize(MOST);
        assertRefused(() -> longer.required(FILE, Document.TIMESTAMP), TrustCode.METADATA_TOO_LONG);
        assertThat(asked).containsOnlyKeys(MOST);
    }

    @Test
    void theLargestDocumentIsStillParsed() throws Exception {
        byte[] largest = Arrays.copyOf("{\"signatures\":[],\"signed\":{}}".getBytes("US-ASCII"), MOST);
        Arrays.fill(largest, 29, MOST, (byte) ' ');
        byte[] larger = Arrays.copyOf(largest, MOST + 1);
        larger[MOST] = ' ';

        assertThat(Envelope.parse(FILE, Document.TIMESTAMP, largest).bytes()).hasSize(MOST);
        assertRefused(() -> Envelope.parse(FILE, Document.TIMESTAMP, larger), TrustCode.METADATA_TOO_LONG);
    }

    @Test
    void whereALengthIsListedNoMoreThanThatIsAskedFor() throws Exception {
        Map<Integer, Integer> asked = new HashMap<>();

        fetch(100, asked).required(FILE, Document.TIMESTAMP, listed(100));
        assertThat(asked).containsOnlyKeys(100);
        fetch(100, asked).required(FILE, Document.TIMESTAMP, listed(-1));
        assertThat(asked).containsOnlyKeys(100, 0);

        assertRefused(
                () -> fetch(MOST + 1, asked).required(FILE, Document.TIMESTAMP, listed(MOST)),
                TrustCode.METADATA_TOO_LONG);
        assertRefused(
                () -> fetch(MOST + 1, asked).required(FILE, Document.TIMESTAMP, listed(Long.MAX_VALUE)),
                TrustCode.METADATA_TOO_LONG);
        assertThat(asked).containsOnlyKeys(100, 0, MOST);
    }

    @Test
    void whatHasAnotherLengthIsToldApart() {
        assertThat(lengthRefusal(101)).endsWith("file is longer than 100");
        assertThat(lengthRefusal(99)).endsWith("file has 99 bytes instead of 100");
        assertThatCode(() -> listed(100)
                        .requireContent("file", new byte[100], TrustCode.TARGETS_LENGTH, TrustCode.TARGETS_HASH))
                .doesNotThrowAnyException();
    }

    private static String lengthRefusal(int bytes) {
        try {
            listed(100).requireContent("file", new byte[bytes], TrustCode.TARGETS_LENGTH, TrustCode.TARGETS_HASH);
            return "";
        } catch (TrustException e) {
            return e.refusal().detail();
        }
    }

    private static FileMeta listed(long length) {
        return new FileMeta(1, Optional.of(length), Optional.empty());
    }

    private static Fetch fetch(int bytes, Map<Integer, Integer> asked) {
        return new Fetch(Repository.RELEASE, (name, maxBytes) -> {
            asked.merge(maxBytes, 1, Integer::sum);
            return Optional.of(new byte[bytes]);
        });
    }

    private ReleaseClient client(Map<String, byte[]> files, UpdateTime time, Carrier carrier) throws IOException {
        return new ReleaseClient(kept, World.source(files), time, carrier);
    }
}
