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
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/**
 * A Java runtime as it travels: a jar of its files, with the names of the programs among them in its manifest. It was signed;
 * what it may do when it is unpacked is bounded all the same. Only files and folders come out of it: what a jar calls a link is
 * a file with the link's text.
 */
final class JavaImage {

    /** Names the programs, separated by blanks, as paths in the image. */
    static final String PROGRAMS = "Sekimori-Programs";

    static final int MOST_FILES = 20_000;
    static final long MOST_BYTES = 1L << 30;

    private static final int BUFFER_BYTES = 1 << 16;
    private static final Pattern PART = Pattern.compile("(?!\\.\\.?$)[A-Za-z0-9_$@+.,-]{1,200}");

    private static final String CLASS_ARCHIVE = "lib/server/classes.jsa";

    private final Path home;
    private final SortedMap<String, String> digests = new TreeMap<>();
    private long leftBytes;
    private int leftFiles;

    private JavaImage(Path home, int mostFiles, long mostBytes) {
        this.home = home;
        this.leftFiles = mostFiles;
        this.leftBytes = mostBytes;
    }

    /**
     * Unpacks it into a new folder; when that is done everything is on the disk but the folder's own name.
     *
     * @return what was unpacked, by its bytes on their way
     * @throws TrustException {@link LauncherCode#SLOT_JAVA_MALFORMED} if it is not such a jar
     */
    static RuntimeFiles unpack(Path jar, Path home) throws IOException {
        return unpack(jar, home, MOST_FILES, MOST_BYTES);
    }

    static RuntimeFiles unpack(Path jar, Path home, int mostFiles, long mostBytes) throws IOException {
        try (JarFile image = new JarFile(jar.toFile(), false)) {
            JavaImage unpacked = new JavaImage(home, mostFiles, mostBytes);
            unpacked.unpack(image);
            return new RuntimeFiles(unpacked.digests);
        } catch (ZipException e) {
            throw new TrustException(LauncherCode.SLOT_JAVA_MALFORMED, e.toString(), e);
        }
    }

    private void unpack(JarFile image) throws IOException {
        Manifest manifest = image.getManifest();
        String named = manifest == null ? null : manifest.getMainAttributes().getValue(PROGRAMS);
        Set<String> programs = named == null ? Set.of() : Set.of(named.trim().split(" +"));
        require(programs.contains("bin/java"), "its manifest names no program bin/java");
        NewSlot.folder(home);
        for (JarEntry entry : Collections.list(image.entries())) {
            // An archive of its classes fits the files of another place; root makes one here.
            boolean wanted =
                    !entry.getName().startsWith("META-INF/") && !entry.getName().equals(CLASS_ARCHIVE);
            if (!entry.isDirectory() && wanted) {
                require(leftFiles-- > 0, "too many files");
                Path file = place(entry.getName());
                MessageDigest sha256 = Sha256.digest();
                try (InputStream in = new DigestInputStream(image.getInputStream(entry), sha256)) {
                    write(in, file, programs.contains(entry.getName()) ? "rwxr-xr-x" : "rw-r--r--");
                }
                digests.put(
                        home.getFileName() + "/" + entry.getName(),
                        HexFormat.of().formatHex(sha256.digest()));
            }
        }
        require(Files.isExecutable(home.resolve("bin/java")), "it has no bin/java");
        sync(home);
    }

    private Path place(String name) throws IOException {
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

    private void write(InputStream in, Path file, String mode) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            OutputStream out = Channels.newOutputStream(channel);
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                leftBytes -= n;
                require(leftBytes >= 0, "too many bytes");
                out.write(buffer, 0, n);
            }
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

    private static void require(boolean holds, String otherwise) throws TrustException {
        if (!holds) {
            throw new TrustException(LauncherCode.SLOT_JAVA_MALFORMED, otherwise);
        }
    }
}
