package io.sekimori.launcher.main;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads as root what a user owns who may be hostile: each folder is opened from the one above it and no link is followed,
 * so that nothing which is turned into a link meanwhile leads elsewhere.
 *
 * @param root a folder that nobody but root can replace
 */
record GuestFiles(Path root) {

    /** The most bytes of a folder that are read into memory. */
    static final int MAX_FOLDER_BYTES = 24 << 20;

    private static final int MAX_NAMES = 4_096;

    /** What is done with a folder while it is open. */
    @FunctionalInterface
    interface Reading<T> {
        T of(SecureDirectoryStream<Path> folder) throws IOException;
    }

    /** Opens the folder below the root, and reads. */
    <T> T in(List<String> folder, Reading<T> reading) throws IOException {
        try (DirectoryStream<Path> top = Files.newDirectoryStream(root)) {
            if (!(top instanceof SecureDirectoryStream<Path> secure)) {
                throw new IOException("this platform cannot open files without following links");
            }
            return descend(secure, folder, reading);
        }
    }

    private static <T> T descend(SecureDirectoryStream<Path> from, List<String> folder, Reading<T> reading)
            throws IOException {
        if (folder.isEmpty()) {
            return reading.of(from);
        }
        Path name = Path.of(folder.get(0));
        if (!attributes(from, name).isDirectory()) {
            throw new IOException(name + " is not a folder");
        }
        try (SecureDirectoryStream<Path> next = from.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
            return descend(next, folder.subList(1, folder.size()), reading);
        }
    }

    /** Opens a plain file. */
    static InputStream open(SecureDirectoryStream<Path> folder, String name) throws IOException {
        Path file = Path.of(name);
        if (!attributes(folder, file).isRegularFile()) {
            throw new IOException(name + " is not a file");
        }
        return Channels.newInputStream(
                folder.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)));
    }

    // To open a pipe would wait for ever; one that is put there in between is the service manager's time limit's.
    private static BasicFileAttributes attributes(SecureDirectoryStream<Path> folder, Path name) throws IOException {
        return folder.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
    }

    /** A whole small file. */
    byte[] read(List<String> folder, String name, int maxBytes) throws IOException {
        return in(folder, open -> read(open, name, maxBytes));
    }

    private static byte[] read(SecureDirectoryStream<Path> folder, String name, int maxBytes) throws IOException {
        try (InputStream in = open(folder, name)) {
            byte[] bytes = in.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw new IOException(name + " is longer than " + maxBytes + " bytes");
            }
            return bytes;
        }
    }

    /** Whether a folder has a plain file of that name. */
    boolean has(List<String> folder, String name) throws IOException {
        try {
            return in(folder, open -> attributes(open, Path.of(name)).isRegularFile());
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Every file of a folder, by name. */
    Map<String, byte[]> readAll(List<String> folder) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        Set<String> names = names(folder);
        int left = MAX_FOLDER_BYTES;
        for (String name : names) {
            byte[] bytes = read(folder, name, left);
            left -= bytes.length;
            files.put(name, bytes);
        }
        return files;
    }

    /** The names in a folder, sorted. */
    Set<String> names(List<String> folder) throws IOException {
        return in(folder, open -> {
            Set<String> names = new TreeSet<>();
            for (Path each : open) {
                if (names.size() == MAX_NAMES) {
                    throw new IOException(String.join("/", folder) + " has more than " + MAX_NAMES + " entries");
                }
                names.add(each.getFileName().toString());
            }
            return names;
        });
    }
}
