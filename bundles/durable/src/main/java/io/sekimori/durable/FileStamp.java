package io.sekimori.durable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** What tells one file from another of the same name without reading it. Stateless. */
public final class FileStamp {

    private FileStamp() {}

    /**
     * Another one after each {@link DurableFile#replace} and the like: a rename of a new file differs in
     * inode, time or length.
     *
     * @throws NoSuchFileException if there is none
     */
    public static String of(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return attributes.fileKey() + " " + attributes.lastModifiedTime() + " " + attributes.size();
    }
}
