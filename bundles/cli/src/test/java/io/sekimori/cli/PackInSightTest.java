package io.sekimori.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sekimori.generation.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackInSightTest {

    @TempDir
    Path folder;

    private Unit unit;
    private Path pack;

    @BeforeEach
    void aUnitAndAPackInAHome() throws IOException {
        unit = new Unit(folder.resolve("unit"));
        Files.createDirectories(unit.run());
        pack = Files.writeString(Files.createDirectories(folder.resolve("home")).resolve("update.pack"), "a pack");
    }

    @Test
    void aGatewayOfTheSameUserSeesThePackWhereItLies() throws Exception {
        try (PackInSight seen = PackInSight.of(unit, pack, List.of(folder))) {
            assertThat(seen.path()).isEqualTo(pack);
        }
        assertThat(pack).exists();
    }

    @Test
    void fromAServiceItIsHiddenSoACopyIsReadAndGone() throws Exception {
        serve();
        Path left = Files.writeString(unit.directory().resolve(".pack-old"), "of a command that was killed");
        Path copy;
        try (PackInSight seen = PackInSight.of(unit, pack, List.of(folder.resolve("home")))) {
            copy = seen.path();
            assertThat(copy).hasParent(unit.directory()).hasContent("a pack");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                    .isEqualTo("rw-r--r--");
        }
        assertThat(copy).doesNotExist();
        assertThat(left).doesNotExist();
        assertThat(pack).exists();
    }

    @Test
    void elsewhereAServiceSeesItToo() throws Exception {
        serve();
        try (PackInSight seen = PackInSight.of(unit, pack, List.of(folder.resolve("other")))) {
            assertThat(seen.path()).isEqualTo(pack);
        }
    }

    // The runtime folder belongs to the service's user, the unit to root.
    private void serve() throws IOException {
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
        UserPrincipal nobody =
                unit.run().getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        Files.setOwner(unit.run(), nobody);
    }
}
