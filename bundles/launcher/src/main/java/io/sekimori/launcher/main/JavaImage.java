package io.sekimori.launcher.main;

import io.sekimori.generation.RuntimeFiles;
import io.sekimori.trust.DurableFile;
import io.sekimori.trust.Sha256;
import io.sekimori.trust.TrustException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Java runtime as it travels: a jar of its files, with the names of the programs among them in its manifest. It was signed;
 * what it may do when it is unpacked is bounded all the same. Only files and folders come out of it: what a jar calls a link is
 * a file with the link's text.
 */
final class JavaImage {

    /** The header of its manifest that names the programs, separated by blanks, as paths in the image. */
    static final String PROGRAMS = "Sekimori-Programs";

    static final int MOST_FILES = 20_000;
    static final long MOST_BYTES = 1L << 30;

    private static final int BUFFER_BYTES = 1 << 16;
    // With the name of the slot's folder it stays below what a file system takes.
    private static final int LONGEST_NAME = 1_000;
    private static final Pattern PART = Pattern.compile("(?!\\.\\.?$)[A-Za-z0-9_$@+.,-]{1,200}");

    private static final String JAVA = "bin/java";

    private final Path home;

    private JavaImage(Path home) {
        this.home = home;
    }

    /** Is asked before anything is written. */
    @FunctionalInterface
    interface Room {
        /** Refuses what takes more bytes than the disk can spare. */
        void demand(long bytes) throws TrustException;
    }

    /**
     * Unpacks it into a new folder; when that is done everything is on the disk but the folder's own name.
     *
     * @return what was unpacked, by its bytes on their way
     * @throws TrustException {@link LauncherCode#SLOT_JAVA_MALFORMED} if it is not such a jar; what the room refuses
     */
    static RuntimeFiles unpack(Path jar, Path home, Room room) throws IOException {
        return unpack(jar, home, room, MOST_FILES, MOST_BYTES);
    }

    static RuntimeFiles unpack(Path jar, Path home, Room room, int mostFiles, long mostBytes) throws IOException {
        try (RuntimeJar image = RuntimeJar.open(jar)) {
            List<JarEntry> entries = image.files();
            require(entries.size() <= mostFiles, "too many files");
            long bytes = RuntimeJar.bytes(entries, mostBytes);
            room.demand(bytes + entries.size() * SlotNeed.BLOCK_BYTES);
            return new JavaImage(home).unpack(image, entries);
        }
    }

    private RuntimeFiles unpack(RuntimeJar image, List<JarEntry> entries) throws IOException {
        Set<String> programs = image.programs();
        require(programs.contains(JAVA), "its manifest names no program " + JAVA);
        SortedMap<String, String> digests = new TreeMap<>();
        NewSlot.folder(home);
        for (JarEntry entry : entries) {
            String name = entry.getName();
            Path file = place(name);
            MessageDigest sha256 = Sha256.digest();
            try (InputStream in = new DigestInputStream(image.open(entry), sha256)) {
                write(in, file, entry.getSize(), programs.contains(name) ? "rwxr-xr-x" : "rw-r--r--");
            }
            digests.put(home.getFileName() + "/" + name, HexFormat.of().formatHex(sha256.digest()));
        }
        require(Files.isExecutable(home.resolve(JAVA)), "it has no " + JAVA);
        sync(home);
        return new RuntimeFiles(digests);
    }

    private Path place(String name) throws IOException {
        require(name.length() <= LONGEST_NAME, "a file has a name of " + name.length() + " characters");
        Path folder = home;
        String[] parts = name.split("/", -1);
        for (String part : parts) {
            require(PART.matcher(part).matches(), "a file is called " + name);
        }
        for (String part : List.of(parts).subList(0, parts.length - 1)) {
            folder = folder.resolve(part);
            if (!Files.isDirectory(folder)) {
                require(!Files.exists(folder), "a file stands in the way of " + name);
                NewSlot.folder(folder);
            }
        }
        Path file = folder.resolve(parts[parts.length - 1]);
        require(!Files.exists(file), name + " occurs twice");
        return file;
    }

    private static void write(InputStream in, Path file, long size, String mode) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            OutputStream out = Channels.newOutputStream(channel);
            byte[] buffer = new byte[BUFFER_BYTES];
            long left = size;
            for (int n = RuntimeJar.read(in, buffer); n >= 0; n = RuntimeJar.read(in, buffer)) {
                left -= n;
                require(left >= 0, "a file has more bytes than the jar says");
                out.write(buffer, 0, n);
            }
            require(left == 0, "a file has fewer bytes than the jar says");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
            channel.force(true);
        }
    }

    /** The files of one that is unpacked already and whole, in another slot: the same ones under a second name. */
    static void share(Path from, Path home) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path here = home.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    NewSlot.folder(here);
                } else {
                    Files.createLink(here, file);
                }
            }
        }
        sync(home);
    }

    private static void sync(Path home) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            for (Path folder : files.filter(Files::isDirectory).toList()) {
                DurableFile.syncDirectory(folder);
            }
        }
    }

    static void require(boolean holds, String otherwise) throws TrustException {
        if (!holds) {
            throw new TrustException(LauncherCode.SLOT_JAVA_MALFORMED, otherwise);
        }
    }
}
