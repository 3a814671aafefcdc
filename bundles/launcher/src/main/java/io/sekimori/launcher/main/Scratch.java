package io.sekimori.launcher.main;

import io.sekimori.generation.Unit;
import io.sekimori.trust.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Folders for bundle caches: fresh ones, in memory where there is a temporary file system, and swept after use. A unit
 * has a prefix of its own, so that what a killed process left is found at the next start.
 *
 * @param parent where the folders are made
 * @param prefix what their names begin with
 */
record Scratch(Path parent, String prefix) {

    private static final int UNIT_CHARS = 16;
    // Bundles lie in the store; what a cache holds besides is some hundred kilobytes, and a rehearsal makes two more.
    private static final long LEAST_FREE_BYTES = 16L << 20;

    /** On /dev/shm, else in $XDG_RUNTIME_DIR, else in the unit's run folder, which is taken however full it is. */
    static Scratch of(Unit unit, Map<String, String> environment) throws IOException {
        return firstWithRoom(
                ours(all(unit, environment)), parent -> parent.toFile().getUsableSpace());
    }

    /** Every place where folders of the unit may lie, the run folder last. */
    static List<Scratch> all(Unit unit, Map<String, String> environment) {
        String id = Sha256.hex(unit.directory().toString().getBytes(StandardCharsets.UTF_8));
        String prefix = "sekimori-" + id.substring(0, UNIT_CHARS) + "-";
        Path runtime = Path.of(environment.getOrDefault("XDG_RUNTIME_DIR", ""));
        return Stream.of(Path.of("/dev/shm"), runtime, unit.run())
                .filter(Path::isAbsolute)
                .map(parent -> new Scratch(parent, prefix))
                .toList();
    }

    /** What another user could turn into a link while this one works there, as root does at an upgrade, is no place. */
    static List<Scratch> ours(List<Scratch> places) throws IOException {
        List<Scratch> ours = new ArrayList<>(places);
        Path run = places.get(places.size() - 1).parent();
        if (Files.exists(run) && !uid(run).equals(uid(Path.of("/proc/self")))) {
            ours.remove(ours.size() - 1);
            ours.removeIf(place -> !Files.isDirectory(place.parent()));
        }
        if (ours.isEmpty()) {
            throw new IOException(run + " belongs to another user");
        }
        return ours;
    }

    private static Object uid(Path file) throws IOException {
        return Files.getAttribute(file, "unix:uid");
    }

    static Scratch firstWithRoom(List<Scratch> places, ToLongFunction<Path> freeBytes) throws IOException {
        Scratch last = places.get(places.size() - 1);
        for (Scratch place : places) {
            Path parent = place.parent();
            if (!place.equals(last)
                    && Files.isDirectory(parent)
                    && Files.isWritable(parent)
                    && freeBytes.applyAsLong(parent) >= LEAST_FREE_BYTES) {
                return place;
            }
        }
        Files.createDirectories(last.parent());
        return last;
    }

    /** A new, empty folder that only this user can enter. */
    Path folder() throws IOException {
        return Files.createTempDirectory(parent, prefix);
    }

    /**
     * Removes what earlier processes of this unit left. Only with the unit's lock held. What cannot be removed stays:
     * it must not keep a gateway from starting.
     *
     * @param own the folder of this process, which stays
     * @return what could not be removed
     */
    List<Path> sweep(Path own) throws IOException {
        List<Path> left = new ArrayList<>();
        if (!Files.isDirectory(parent)) {
            return left;
        }
        try (Stream<Path> entries = Files.list(parent)) {
            for (Path entry : entries.toList()) {
                if (entry.getFileName().toString().startsWith(prefix)
                        && !entry.equals(own)
                        && isLike(own, entry)
                        && !removed(entry)) {
                    left.add(entry);
                }
            }
        }
        return left;
    }

    // The parent is everybody's. A folder that somebody else made, or could enter, may change into a link to other
    // people's files while it is being removed; it is not one of ours, whatever its name.
    private static boolean isLike(Path own, Path entry) {
        try {
            PosixFileAttributes ours = attributes(own);
            PosixFileAttributes found = attributes(entry);
            return found.isDirectory()
                    && found.owner().equals(ours.owner())
                    && found.permissions().equals(ours.permissions());
        } catch (IOException e) {
            return false; // it went while it was looked at
        }
    }

    private static PosixFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean removed(Path entry) {
        try {
            remove(entry);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Removes a folder and everything in it, and follows no link. */
    static void remove(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @org.jspecify.annotations.Nullable IOException e)
                    throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
