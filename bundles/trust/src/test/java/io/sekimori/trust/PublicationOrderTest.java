package io.sekimori.trust;

import static io.sekimori.trust.Verdicts.assertAccepted;
import static io.sekimori.trust.World.NOW;
import static io.sekimori.trust.World.later;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TUF 6.1 and 6.2.1: what a repository serves while somebody publishes, and for ever. */
class PublicationOrderTest {

    @TempDir
    private Path directory;

    private final Written written = new Written();
    private final OnlineReleases online = new OnlineReleases(written);
    private World world;

    /** Metadata in memory, and in which order it came there. */
    private static final class Written implements MetadataFiles {

        private final Map<String, byte[]> files = new TreeMap<>();
        private final List<Map.Entry<String, byte[]>> order = new ArrayList<>();

        @Override
        public Optional<byte[]> fetch(String name, int maxBytes) {
            return Optional.ofNullable(files.get(name));
        }

        @Override
        public void save(String name, byte[] bytes) {
            files.put(name, bytes);
            order.add(Map.entry(name, bytes));
        }
    }

    @BeforeEach
    void aRepositoryThatPublishes() throws Exception {
        world = World.ready(directory);
        online.begin(world.releases.anchor());
        publish(NOW);
    }

    @Test
    void aCutAfterAnyFileLeavesWhatGatewaysAccept() throws Exception {
        Map<String, byte[]> served = new TreeMap<>(written.files);
        written.order.clear();
        world.publish(later(1));
        publish(later(1));

        assertThat(written.order)
                .extracting(Map.Entry::getKey)
                .hasSize(3)
                .startsWith("2.targets.json")
                .endsWith("timestamp.json");
        assertAccepted(verdict(served, NOW));
        for (Map.Entry<String, byte[]> file : written.order) {
            served.put(file.getKey(), file.getValue());
            assertAccepted(verdict(served, later(1)));
        }
        assertThat(served).isEqualTo(written.files);
    }

    @Test
    void everyRootStaysThroughRotationsAndRenewals() throws Exception {
        Map<String, byte[]> roots = new TreeMap<>(Map.of("1.root.json", world.releases.anchor()));
        for (int version = 2; version <= 4; version++) {
            byte[] root = new RootFiles(Repository.RELEASE, written)
                    .bytes(
                            version,
                            world.releaseRoles(),
                            List.of(world.rootKey),
                            later(version),
                            NOW.plus(Duration.ofDays(900)));
            assertThat(online.follow(root, later(version))).isTrue();
            roots.put(version + ".root.json", root);
            Instant late = NOW.plus(Duration.ofDays(20L * version));
            assertThat(online.renew(keys(), Lifetimes.DEFAULT, late.plus(Duration.ofDays(15)), late))
                    .isTrue();
        }

        assertThat(written.files).containsAllEntriesOf(roots);
        Instant last = NOW.plus(Duration.ofDays(80));
        world.assign(last);
        assertThat(assertAccepted(verdict(written.files, last)).releases()).hasSize(2);
    }

    private List<Signer> keys() {
        return List.of(world.snapshotKey, world.timestampKey);
    }

    private void publish(Instant now) throws Exception {
        String newest = world.releases.files().keySet().stream()
                .filter(name -> name.endsWith(".targets.json"))
                .max(String::compareTo)
                .orElseThrow();
        online.publish(world.releases.files().get(newest), keys(), Lifetimes.DEFAULT, now);
    }

    private Acceptance verdict(Map<String, byte[]> files, Instant now) {
        return world.verdict(World.source(files), world.director.metadata(World.DEVICE), now);
    }
}
