package io.sekimori.cli;

import io.sekimori.generation.Unit;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;

/**
 * A pack where the gateway sees it. As a service it sees no home and has temporary folders of its own
 * ({@code ProtectHome=}, {@code PrivateTmp=} of systemd.exec(5)), so from there the pack is copied into the unit, into the
 * folder that is root's, until this is closed. Confined to one thread.
 */
final class PackInSight implements AutoCloseable {

    /** What a service does not see, or sees otherwise. */
    static final List<Path> HIDDEN =
            List.of(Path.of("/root"), Path.of("/home"), Path.of("/run/user"), Path.of("/tmp"), Path.of("/var/tmp"));

    private static final String COPY = ".pack-";

    private final Path pack;
    private final boolean copied;

    private PackInSight(Path pack, boolean copied) {
        this.pack = pack;
        this.copied = copied;
    }

    /**
     * The pack itself, unless it is hidden from the gateway: its runtime folder belongs to somebody else than who calls.
     *
     * @param hidden folders that a service does not see
     */
    static PackInSight of(Unit unit, Path pack, List<Path> hidden) throws IOException {
        Path real = pack.toRealPath();
        boolean service =
                Files.exists(unit.run()) && !Files.getOwner(unit.run()).equals(Files.getOwner(unit.directory()));
        if (!service || hidden.stream().noneMatch(real::startsWith)) {
            return new PackInSight(pack, false);
        }
        forgetOld(unit);
        Path copy = unit.directory().resolve(COPY + UUID.randomUUID());
        boolean whole = false;
        try (InputStream in = Files.newInputStream(real);
                OutputStream out =
                        Files.newOutputStream(copy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            // For the gateway's user, whatever the umask.
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r--r--"));
            in.transferTo(out);
            whole = true;
        } finally {
            if (!whole) {
                Files.deleteIfExists(copy);
            }
        }
        return new PackInSight(copy, true);
    }

    /** Where it lies for the gateway. */
    Path path() {
        return pack;
    }

    @Override
    public void close() throws IOException {
        if (copied) {
            Files.deleteIfExists(pack);
        }
    }

    /** What commands left that were killed. */
    private static void forgetOld(Unit unit) throws IOException {
        try (DirectoryStream<Path> old = Files.newDirectoryStream(unit.directory(), COPY + "*")) {
            for (Path file : old) {
                Files.deleteIfExists(file);
            }
        }
    }
}
