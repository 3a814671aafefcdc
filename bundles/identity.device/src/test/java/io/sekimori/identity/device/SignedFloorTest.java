package io.sekimori.identity.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.durable.DurableFile;
import io.sekimori.generation.Unit;
import io.sekimori.trust.DirectorRepository;
import io.sekimori.trust.KeyFile;
import io.sekimori.trust.Lifetimes;
import io.sekimori.trust.ReleaseRepository;
import io.sekimori.trust.Role;
import io.sekimori.trust.RoleKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the floor follows from is read once, and again when it is another. */
class SignedFloorTest {

    private static final Instant BUILT = Instant.parse("2026-11-21T00:00:00Z");
    private static final Instant MADE = BUILT.plus(Duration.ofDays(1));
    private static final Instant LATER = BUILT.plus(Duration.ofDays(30));

    @TempDir
    private Path folder;

    @TempDir
    private Path offline;

    private Unit unit;
    private KeyFile key;
    private ReleaseRepository releases;
    private DirectorRepository director;
    private SignedFloor floor;

    @BeforeEach
    void makeUnit() throws IOException {
        unit = new Unit(folder);
        key = KeyFile.create(offline.resolve("key"));
        releases = ReleaseRepository.init(
                offline.resolve("releases"), roles(Role.values()), List.of(key), Lifetimes.DEFAULT, MADE);
        director = DirectorRepository.init(
                offline.resolve("director"), roles(Role.ROOT, Role.TARGETS), List.of(key), Lifetimes.DEFAULT, MADE);
        Files.createDirectories(unit.trust());
        Files.write(unit.releaseAnchor(), releases.anchor());
        Files.write(unit.directorAnchor(), director.anchor());
        floor = new SignedFloor(unit, BUILT);
    }

    @Test
    void whatHasNotChangedIsNotReadAgain() throws Exception {
        assertThat(floor.instant()).isEqualTo(MADE);
        FileTime before = Files.getLastModifiedTime(unit.releaseAnchor());
        byte[] other = new byte[(int) Files.size(unit.releaseAnchor())];

        Files.write(unit.releaseAnchor(), other);
        Files.setLastModifiedTime(unit.releaseAnchor(), before);
        assertThat(floor.instant()).isEqualTo(MADE);

        Files.setLastModifiedTime(unit.releaseAnchor(), FileTime.from(LATER));
        assertThat(floor.instant()).isEqualTo(BUILT);
    }

    @Test
    void aRootThatWasFollowedIsSeen() throws Exception {
        assertThat(floor.instant()).isEqualTo(MADE);

        releases.newRoot(roles(Role.values()), List.of(key), Lifetimes.DEFAULT, LATER);
        follow("release", releases.files().get("2.root.json"));
        assertThat(floor.instant()).isEqualTo(LATER);

        director.newRoot(roles(Role.ROOT, Role.TARGETS), List.of(key), Lifetimes.DEFAULT, LATER.plusSeconds(1));
        follow("director", Files.readAllBytes(offline.resolve("director/metadata/2.root.json")));
        assertThat(floor.instant()).isEqualTo(LATER.plusSeconds(1));
    }

    @Test
    void aFloorThatRisesFallsOrIsTornIsSeen() throws Exception {
        assertThat(floor.instant()).isEqualTo(MADE);

        keep("{\"root\":1,\"latest\":\"" + LATER + "\"}");
        assertThat(floor.instant()).isEqualTo(LATER);

        keep("{\"root\":1,\"latest\":\"" + LATER.plusSeconds(1) + "\"}");
        assertThat(floor.instant()).isEqualTo(LATER.plusSeconds(1));

        keep("{\"root\"");
        assertThat(floor.instant()).isEqualTo(MADE);
    }

    @Test
    void anchorsThatComeLateAreSeen() throws Exception {
        Files.delete(unit.directorAnchor());
        assertThat(floor.instant()).isEqualTo(BUILT);

        Files.write(unit.directorAnchor(), director.anchor());

        assertThat(floor.instant()).isEqualTo(MADE);
    }

    private void follow(String repository, byte[] root) throws IOException {
        Path kept = Files.createDirectories(unit.metadata().resolve(repository));
        DurableFile.replace(kept.resolve("2.root.json"), root);
    }

    private void keep(String time) throws IOException {
        Path kept = Files.createDirectories(unit.metadata().resolve("release"));
        DurableFile.replace(kept.resolve("time.json"), time.getBytes(StandardCharsets.UTF_8));
    }

    private Map<Role, RoleKeys> roles(Role... roles) {
        Map<Role, RoleKeys> keys = new EnumMap<>(Role.class);
        for (Role each : roles) {
            keys.put(each, RoleKeys.of(1, key.publicKey()));
        }
        return keys;
    }
}
