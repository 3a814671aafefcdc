package io.sekimori.launcher.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sekimori.generation.Slot;
import io.sekimori.generation.SlotFiles;
import io.sekimori.generation.StartReport.Finding;
import io.sekimori.generation.Unit;
import io.sekimori.trust.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may write what is trusted, which slot this is, and what a scratch folder removes. */
class FoldersTest {

    private static final String SLOT = "5".repeat(64);

    @TempDir
    private Path directory;

    @Test
    void aFolderOfAnotherUserIsNoPlaceForScratch() throws Exception {
        Path others = Path.of("/usr"); // root's
        if (Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
            others = Files.createDirectories(directory.resolve("others"));
            Files.setAttribute(others, "unix:uid", 990);
        }
        Scratch run = new Scratch(others, "p");
        Scratch memory = new Scratch(directory, "p");

        assertThat(Scratch.ours(List.of(memory, run))).containsExactly(memory);
        assertThatThrownBy(() -> Scratch.ours(List.of(run))).isInstanceOf(IOException.class);
    }

    @Test
    void trustThatOthersMayWriteIsFound() throws Exception {
        Unit unit = new Unit(directory);
        Files.createDirectories(unit.trust());
        Files.writeString(unit.releaseAnchor(), "{}");
        Files.setPosixFilePermissions(unit.releaseAnchor(), PosixFilePermissions.fromString("rw-rw-r--"));

        assertThat(codes(unit, "root")).containsExactly("TRUST_WRITABLE");
    }

    @Test
    void trustOfAThirdUserIsFound() throws Exception {
        assumeThat(Files.getAttribute(Path.of("/proc/self"), "unix:uid")).isEqualTo(0);
        Unit unit = new Unit(directory);
        Files.createDirectories(unit.trust());
        Files.setPosixFilePermissions(unit.trust(), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setAttribute(unit.trust(), "unix:uid", 990);

        assertThat(codes(unit, "root")).containsExactly("TRUST_WRITABLE");
    }

    @Test
    void trustThatOnlyRootMayWriteIsFine() throws Exception {
        Unit unit = new Unit(directory);
        Files.createDirectories(unit.trust());
        Files.setPosixFilePermissions(unit.trust(), PosixFilePermissions.fromString("rwxr-xr-x"));
        String owner = Files.getOwner(unit.trust()).getName();

        assertThat(codes(unit, owner)).isEqualTo(owner.equals("root") ? List.of() : List.of("TRUST_OWNED_BY_RUNTIME"));
    }

    private static List<String> codes(Unit unit, String user) {
        return new TrustFolders(unit, user)
                .findings().stream().map(Finding::code).toList();
    }

    @Test
    void theClassPathOfOneSlotIsThatSlot() throws Exception {
        Unit unit = new Unit(directory);
        Path a = jar(unit, "a.jar");
        Path b = jar(unit, "b.jar");

        assertThat(OwnSlot.find(unit, a + ":" + b)).hasValueSatisfying(own -> {
            assertThat(own.id()).isEqualTo(SLOT);
            assertThat(own.names()).containsExactly("a.jar", "b.jar");
        });
    }

    @Test
    void aClassPathWithAnythingElseIsNoSlot() throws Exception {
        Unit unit = new Unit(directory);
        Path a = jar(unit, "a.jar");
        Path other = Files.createFile(directory.resolve("other.jar"));

        assertThat(OwnSlot.find(unit, a + ":" + other)).isEmpty();
        assertThat(OwnSlot.find(unit, other.toString())).isEmpty();
        assertThat(OwnSlot.find(unit, "nowhere.jar")).isEmpty();
    }

    @Test
    void aSlotIsIntactWhileItsFilesAreWhatItsNameSays() throws Exception {
        Unit unit = new Unit(directory);
        SlotFiles files = SlotFiles.of(Map.of("a.jar", Sha256.hex(new byte[0])));
        String id = files.id();
        Path lib = Files.createDirectories(unit.slot(id).resolve("lib"));
        Files.write(unit.slot(id).resolve("slot.json"), new Slot("/usr", files).bytes());
        Path a = Files.createFile(lib.resolve("a.jar"));
        OwnSlot own = OwnSlot.find(unit, a.toString()).orElseThrow();

        assertThat(own.isIntact(unit)).isTrue();

        Files.writeString(a, "other bytes");
        assertThat(own.isIntact(unit)).isFalse();
    }

    private static Path jar(Unit unit, String name) throws Exception {
        Path lib = Files.createDirectories(unit.slot(SLOT).resolve("lib"));
        return Files.createFile(lib.resolve(name));
    }

    @Test
    void aListOfSlotsThatCannotBeReadKeepsNoGatewayDown() throws Exception {
        Unit unit = new Unit(directory);
        Files.createDirectories(unit.slotsTriedFile());

        assertThat(SlotsTried.read(unit).contains(SLOT)).isFalse();
    }

    @Test
    void aFullPlaceIsPassedOverAndTheLastOneTakenInAnyCase() throws Exception {
        Scratch full = new Scratch(Files.createDirectories(directory.resolve("full")), "sekimori-1-");
        Scratch roomy = new Scratch(Files.createDirectories(directory.resolve("roomy")), "sekimori-1-");
        Scratch last = new Scratch(directory.resolve("run"), "sekimori-1-");
        Map<Path, Long> free = Map.of(full.parent(), 16L << 10, roomy.parent(), 16L << 20);

        assertThat(Scratch.firstWithRoom(List.of(full, roomy, last), free::get)).isEqualTo(roomy);
        assertThat(Scratch.firstWithRoom(List.of(full, last), free::get)).isEqualTo(last);
        assertThat(last.folder()).isDirectory();
    }

    @Test
    void aSweepRemovesFoldersOfThisUnitAndFollowsNoLink() throws Exception {
        Path parent = Files.createDirectories(directory.resolve("parent"));
        Path precious = Files.createFile(
                Files.createDirectories(directory.resolve("precious")).resolve("file"));
        Scratch scratch = new Scratch(parent, "sekimori-1-");
        Files.createFile(scratch.folder().resolve("left"));
        Files.createSymbolicLink(scratch.folder().resolve("link"), precious.getParent());
        Files.createSymbolicLink(parent.resolve("sekimori-1-link"), precious.getParent());
        Path others = Files.createDirectories(parent.resolve("sekimori-2-other"));

        Path own = scratch.folder();

        assertThat(scratch.sweep(own)).isEmpty();

        assertThat(parent.resolve("sekimori-1-link")).isSymbolicLink();
        try (Stream<Path> left = Files.list(parent)) {
            assertThat(left).containsExactlyInAnyOrder(own, others, parent.resolve("sekimori-1-link"));
        }
        assertThat(precious).exists();
    }

    @Test
    void aFolderThatOthersCanEnterIsNoneOfOursToSweep() throws Exception {
        Path parent = Files.createDirectories(directory.resolve("parent"));
        Scratch scratch = new Scratch(parent, "sekimori-1-");
        Path planted = Files.createDirectories(parent.resolve("sekimori-1-planted"));
        Files.setPosixFilePermissions(planted, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThat(scratch.sweep(scratch.folder())).isEmpty();

        assertThat(planted).exists();
    }
}
