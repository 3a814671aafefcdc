package io.sekimori.trust;

import static io.sekimori.trust.Verdicts.assertRefused;
import static io.sekimori.trust.World.ALPHA;
import static io.sekimori.trust.World.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TUF 5 on a directory of its own, with targets of any kind: rules F1, R7 and what a directory adds. */
class TufClientTest {

    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private World world;
    private Tree tree;
    private Path metadata;
    private TargetFolder folder;
    private final Map<String, byte[]> served = new TreeMap<>();
    private final List<String> asked = new ArrayList<>();

    @BeforeEach
    void aRepositoryWithOneFile() throws Exception {
        world = World.ready(directory);
        tree = new Tree(world);
        metadata = directory.resolve("metadata");
        folder = new TargetFolder(directory.resolve("downloads"));
        TufClient.init(metadata, world.releases.anchor());
        list("file.txt", CONTENT);
    }

    @Test
    void metadataIsKeptAsReceived() throws Exception {
        Map<String, byte[]> files = tree.files();
        refresh(files, NOW);

        assertThat(kept("root.json")).isEqualTo(world.releases.anchor());
        assertThat(kept("timestamp.json")).isEqualTo(files.get("timestamp.json"));
        assertThat(kept("snapshot.json")).isEqualTo(files.get(snapshot()));
        assertThat(kept("targets.json")).isEqualTo(files.get("1.targets.json"));
    }

    @Test
    void theNewestRootIsKept() throws Exception {
        world.releases.newRoot(world.releaseRoles(), List.of(world.rootKey), Lifetimes.DEFAULT, NOW);
        Map<String, byte[]> files = new Tree(world).files();
        refresh(files, NOW);
        assertThat(kept("root.json")).isEqualTo(files.get("2.root.json"));

        files.remove("1.root.json");
        refresh(files, NOW);
    }

    @Test
    void withoutConsistentSnapshotsNamesArePlain() throws Exception {
        Map<String, Object> root = Forgery.signed(world.releases.anchor());
        root.put("consistent_snapshot", false);
        TufClient.init(metadata, SignedFile.bytes(root, List.of(world.rootKey)));
        Map<String, byte[]> files = tree.files();
        files.put("snapshot.json", files.remove(snapshot()));
        files.put("targets.json", files.remove("1.targets.json"));
        served.put("file.txt", CONTENT);

        assertThat(fetch(files, "file.txt")).isTrue();
        assertThat(asked).containsExactly("file.txt");
    }

    @Test
    void aTargetIsFetchedOnceAndStoredUnderItsPlainName() throws Exception {
        list("some/folder/file.txt", CONTENT);

        assertThat(fetch(tree.files(), "some/folder/file.txt")).isTrue();
        assertThat(fetch(tree.files(), "some/folder/file.txt")).isFalse();

        assertThat(asked).containsExactly("some/folder/" + Sha256.hex(CONTENT) + ".file.txt");
        assertThat(folder.directory().resolve("some/folder/file.txt")).hasBinaryContent(CONTENT);
    }

    @Test
    void aTargetThatChangedIsFetchedAgain() throws Exception {
        fetch(tree.files(), "file.txt");
        byte[] other = "another".getBytes(StandardCharsets.UTF_8);
        list("file.txt", other);
        tree.next(Tree.TOP);

        assertThat(fetch(tree.files(), "file.txt")).isTrue();
        assertThat(folder.directory().resolve("file.txt")).hasBinaryContent(other);
    }

    @Test
    void aDelegatedTargetIsFoundAndItsRoleKept() throws Exception {
        TestKey team = new TestKey();
        tree.delegate(Tree.TOP, "../team", team, "file*");
        tree.move("file.txt", Tree.TOP, "../team");
        Map<String, byte[]> files = tree.files();

        assertThat(fetch(files, "file.txt")).isTrue();
        assertThat(kept("delegated...%2Fteam.json")).isEqualTo(files.get("1...%2Fteam.json"));
    }

    @Test
    void whatNobodyListsIsRefused() throws Exception {
        assertRefused(() -> fetch(tree.files(), "FILE.txt"), TrustCode.TARGET_UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../file",
                "a/../../file",
                "/etc/passwd",
                "..",
                ".",
                "a/./b",
                "a//b",
                "a/",
                "a\\b",
                "a\u0000b",
                "a\nb",
                ""
            })
    void aNameThatCouldLeaveTheFolderIsRefused(String name) throws Exception {
        list(name, CONTENT);

        assertRefused(() -> fetch(tree.files(), name), TrustCode.TARGET_NAME);
        assertThat(folder.directory()).doesNotExist();
    }

    @Test
    void nothingIsWrittenThroughALink() throws Exception {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Files.createDirectories(folder.directory());
        Files.createSymbolicLink(folder.directory().resolve("link"), elsewhere);
        Path victim = Files.writeString(elsewhere.resolve("victim"), "as it was");
        Files.createSymbolicLink(folder.directory().resolve("file.txt"), victim);
        list("link/file.txt", CONTENT);

        assertRefused(() -> fetch(tree.files(), "link/file.txt"), TrustCode.TARGET_NAME);
        assertThat(fetch(tree.files(), "file.txt")).isTrue();

        assertThat(victim).hasContent("as it was");
        assertThat(folder.directory().resolve("file.txt")).isRegularFile();
        assertThat(Files.isSymbolicLink(folder.directory().resolve("file.txt"))).isFalse();
    }

    @Test
    void aTargetThatTheRepositoryLacksIsRefused() throws Exception {
        served.clear();

        assertRefused(() -> fetch(tree.files(), "file.txt"), TrustCode.TARGET_MISSING);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 6, 8, 1_000_000})
    void aTargetOfAnotherLengthIsRefusedAndLeavesNothing(int length) throws Exception {
        serve("file.txt", Arrays.copyOf(CONTENT, length));

        assertRefused(() -> fetch(tree.files(), "file.txt"), TrustCode.TARGET_LENGTH);
        assertThat(downloads()).isEmpty();
    }

    @Test
    void aTargetOfAnotherHashIsRefusedAndLeavesWhatWasThere() throws Exception {
        fetch(tree.files(), "file.txt");
        list("file.txt", "another".getBytes(StandardCharsets.UTF_8));
        serve("file.txt", "forgery".getBytes(StandardCharsets.UTF_8));
        tree.next(Tree.TOP);

        assertRefused(() -> fetch(tree.files(), "file.txt"), TrustCode.TARGET_HASH);
        assertThat(downloads()).containsExactly(folder.directory().resolve("file.txt"));
        assertThat(folder.directory().resolve("file.txt")).hasBinaryContent(CONTENT);
    }

    @Test
    void everyListedHashThatIsKnownMustBeRight() throws Exception {
        Map<String, Object> target = Forgery.object(tree.role(Tree.TOP), "targets", "file.txt");
        target.put("hashes", Map.of("sha256", Sha256.hex(CONTENT), "sha512", "0".repeat(128), "blake3", "00"));

        assertRefused(() -> fetch(tree.files(), "file.txt"), TrustCode.TARGET_HASH);
    }

    @Test
    void aTargetWithoutAKnownHashIsRefused() throws Exception {
        Forgery.object(tree.role(Tree.TOP), "targets", "file.txt").put("hashes", Map.of("blake3", "00"));

        assertRefused(() -> fetch(tree.files(), "file.txt"), TrustCode.HASH_UNSUPPORTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}"})
    void aBrokenRootRefusesAndAnotherInitHeals(String torn) throws Exception {
        Files.writeString(metadata.resolve("root.json"), torn);
        assertRefused(() -> refresh(tree.files(), NOW), TrustCode.ANCHOR_BROKEN);

        TufClient.init(metadata, world.releases.anchor());
        refresh(tree.files(), NOW);
    }

    @Test
    void noRootRefuses() throws Exception {
        Files.delete(metadata.resolve("root.json"));

        assertRefused(() -> refresh(tree.files(), NOW), TrustCode.ANCHOR_BROKEN);
        byte[] unsigned = SignedFile.bytes(Forgery.signed(world.releases.anchor()), List.of());
        assertRefused(() -> TufClient.init(metadata, unsigned), TrustCode.ANCHOR_BROKEN);
    }

    @Test
    void aClockSetBackDoesNotMakeFreshWhatHasExpired() throws Exception {
        refresh(tree.files(), NOW);
        Instant expired = NOW.plus(Lifetimes.DEFAULT.timestamp()).plus(Duration.ofDays(1));
        Files.setLastModifiedTime(metadata.resolve("timestamp.json"), FileTime.from(expired));

        assertRefused(() -> refresh(tree.files(), NOW), TrustCode.EXPIRED_TIMESTAMP);
    }

    @Test
    void aPureFreezeIsRefused() throws Exception {
        refresh(tree.files(), NOW);

        assertRefused(
                () -> refresh(tree.files(), NOW.plus(Lifetimes.DEFAULT.timestamp())), TrustCode.EXPIRED_TIMESTAMP);
    }

    @Test
    void twoClientsDoNotWorkOnOneDirectory() throws Exception {
        try (TufClient first = TufClient.open(metadata, World.source(tree.files()), NOW)) {
            first.refresh();
            inTheTimeOfThisWorld();
            assertRefused(() -> refresh(tree.files(), NOW), TrustCode.UPDATER_BUSY);
            assertRefused(() -> TufClient.init(metadata, world.releases.anchor()), TrustCode.UPDATER_BUSY);
        }
        refresh(tree.files(), NOW);
    }

    @Test
    void aReleaseIsATargetToo() throws Exception {
        String path = world.release(ALPHA, "1.0.0").path();

        try (TufClient client = TufClient.open(metadata, World.source(tree.files()), NOW)) {
            assertThat(client.target(path).length()).isPositive();
        }
    }

    private void list(String path, byte[] content) {
        Map<String, Object> target =
                new HashMap<>(Map.of("length", (long) content.length, "hashes", Map.of("sha256", Sha256.hex(content))));
        Forgery.object(tree.role(Tree.TOP), "targets").put(path, target);
        int name = path.lastIndexOf('/') + 1;
        served.put(path.substring(0, name) + Sha256.hex(content) + "." + path.substring(name), content);
    }

    private void serve(String path, byte[] content) {
        served.replaceAll((remote, before) -> remote.endsWith("." + path) ? content : before);
    }

    private void refresh(Map<String, byte[]> files, Instant now) throws IOException {
        try (TufClient client = TufClient.open(metadata, World.source(files), now)) {
            client.refresh();
        }
        inTheTimeOfThisWorld();
    }

    // Its clock stands still and that of the disk does not, while a client holds the one against the other.
    private void inTheTimeOfThisWorld() throws IOException {
        Files.setLastModifiedTime(metadata.resolve("timestamp.json"), FileTime.from(NOW));
    }

    private String snapshot() {
        return tree.snapshot.get("version") + ".snapshot.json";
    }

    private boolean fetch(Map<String, byte[]> files, String path) throws IOException {
        try (TufClient client = TufClient.open(metadata, World.source(files), NOW)) {
            TargetFile target = client.target(path);
            inTheTimeOfThisWorld();
            return folder.fetch(target, remote -> {
                asked.add(remote);
                byte[] content = served.get(remote);
                if (content == null) {
                    throw new NoSuchFileException(remote);
                }
                return new ByteArrayInputStream(content);
            });
        }
    }

    private byte[] kept(String name) throws IOException {
        return Files.readAllBytes(metadata.resolve(name));
    }

    private List<Path> downloads() throws IOException {
        try (Stream<Path> files = Files.walk(folder.directory())) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
