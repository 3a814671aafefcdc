package io.sekimori.trust;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Downloaded targets under their plain paths (5.7.4). A file is there whole and verified or not at all; nothing is
 * written through a link below the folder. One writer at a time.
 */
public record TargetFolder(Path directory) {

    /** Where the bytes of targets come from. */
    @FunctionalInterface
    public interface Server {

        /**
         * Begins to fetch a file.
         *
         * @param remote as {@link TargetFile#remote()} has it
         * @throws NoSuchFileException if it is not there
         */
        InputStream open(String remote) throws IOException;
    }

    /**
     * Gets a target unless it is there already with the listed length and hashes.
     *
     * @return whether it was fetched
     * @throws TrustException {@link TrustCode#TARGET_NAME}, {@link TrustCode#TARGET_MISSING},
     *     {@link TrustCode#TARGET_LENGTH}, {@link TrustCode#TARGET_HASH}
     */
    public boolean fetch(TargetFile target, Server server) throws IOException {
        Path file = prepared(target.path());
        if (isThere(target, file)) {
            return false;
        }
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            download(target, server, part);
            DurableFile.moveInto(part, file);
        } finally {
            Files.deleteIfExists(part);
        }
        return true;
    }

    private static void download(TargetFile target, Server server, Path part) throws IOException {
        try (InputStream in = server.open(target.remote());
                FileChannel channel = FileChannel.open(
                        part,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS)) {
            target.copy(in, Channels.newOutputStream(channel));
            channel.force(true);
        } catch (NoSuchFileException e) {
            throw new TrustException(TrustCode.TARGET_MISSING, target.path() + " is not in the repository", e);
        }
    }

    // The parts on the way are made one by one: one that is a link would lead out of the folder.
    private Path prepared(String path) throws IOException {
        Files.createDirectories(directory);
        Path at = directory;
        String[] parts = path.split("/");
        for (int i = 0; i < parts.length - 1; i++) {
            at = at.resolve(parts[i]);
            if (!Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(at);
            }
            if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
                throw new TrustException(TrustCode.TARGET_NAME, at + " is in the way and no folder");
            }
        }
        Path file = at.resolve(parts[parts.length - 1]);
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new TrustException(TrustCode.TARGET_NAME, file + " is a folder");
        }
        return file;
    }

    private static boolean isThere(TargetFile target, Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) != target.length()) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            target.copy(in, OutputStream.nullOutputStream());
            return true;
        } catch (TrustException e) {
            return false;
        }
    }
}
