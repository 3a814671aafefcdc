package io.sekimori.trust;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Looks at the end of a zip file before {@link java.util.zip.ZipFile} does, which would read a directory of any size
 * into memory. Accepts one disk, no comment, no ZIP64.
 */
final class ZipBounds {

    static final long MAX_FILE_BYTES = 2L << 30;
    static final int MAX_ENTRIES = 8_192;
    private static final int MAX_DIRECTORY_BYTES = 2 << 20;

    private static final int END_BYTES = 22;
    private static final int END_SIGNATURE = 0x06054b50; // PK\5\6, APPNOTE 4.3.16

    private ZipBounds() {}

    static void check(Path file) throws IOException {
        // To open a pipe would wait for somebody to write.
        require(Files.readAttributes(file, BasicFileAttributes.class).isRegularFile(), "not a file");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            require(size >= END_BYTES && size <= MAX_FILE_BYTES, size + " bytes long");
            ByteBuffer end = ByteBuffer.allocate(END_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            while (end.hasRemaining()) {
                require(channel.read(end, size - END_BYTES + end.position()) >= 0, "it shrinks while it is read");
            }
            check(end.flip(), size);
        }
    }

    private static void check(ByteBuffer end, long size) throws TrustException {
        require(end.getInt() == END_SIGNATURE, "no zip directory at its end: not a pack, or cut off");
        require(end.getShort() == 0 && end.getShort() == 0, "more than one disk");
        int onThisDisk = Short.toUnsignedInt(end.getShort());
        int entries = Short.toUnsignedInt(end.getShort());
        long directoryBytes = Integer.toUnsignedLong(end.getInt());
        long directoryStart = Integer.toUnsignedLong(end.getInt());
        if (entries > MAX_ENTRIES) {
            throw new TrustException(
                    TrustCode.PACK_TOO_MANY_ENTRIES, entries + " entries, at most " + MAX_ENTRIES + " are allowed");
        }
        require(onThisDisk == entries, "its directory contradicts itself");
        require(directoryBytes <= MAX_DIRECTORY_BYTES, "its directory has " + directoryBytes + " bytes");
        require(directoryStart + directoryBytes == size - END_BYTES, "something lies around its directory");
        // Java looks on for an earlier end, of a directory that nobody measured, if this one's does not end the file.
        require(end.getShort() == 0, "it has a comment");
    }

    private static void require(boolean holds, String what) throws TrustException {
        if (!holds) {
            throw new TrustException(TrustCode.PACK_MALFORMED, "not an acceptable pack: " + what);
        }
    }
}
