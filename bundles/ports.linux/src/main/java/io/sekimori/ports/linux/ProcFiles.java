package io.sekimori.ports.linux;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The kernel's files of processes and sockets (proc(5)), read with bounds. Stateless but for its folder. */
record ProcFiles(Path root) {

    /** The most bytes of one table: about 50,000 sockets. */
    static final int MAX_BYTES = 8 << 20;

    private static final int MAX_ENTRIES = 65_536;

    /** The text of a file; bytes that are not ASCII are kept apart but not understood. */
    String text(String file) throws IOException {
        try (InputStream in = Files.newInputStream(root.resolve(file))) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException(file + " has more than " + MAX_BYTES + " bytes");
            }
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    boolean exists(String file) {
        return Files.exists(root.resolve(file));
    }

    /** The processes that run. */
    List<Long> processes() throws IOException {
        List<Long> found = new ArrayList<>();
        for (Path entry : list(root)) {
            String name = entry.getFileName().toString();
            if (name.matches("[1-9][0-9]{0,9}")) {
                found.add(Long.parseLong(name));
            }
        }
        return found;
    }

    /** The inodes of the sockets that a process has open. One that is closed meanwhile is left out. */
    List<Long> sockets(long pid) throws IOException {
        List<Long> inodes = new ArrayList<>();
        for (Path descriptor : list(root.resolve(Long.toString(pid)).resolve("fd"))) {
            String target = target(descriptor);
            if (target.matches("socket:\\[[0-9]{1,18}\\]")) {
                inodes.add(Long.parseLong(target.substring(8, target.length() - 1)));
            }
        }
        return inodes;
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            for (Path entry : stream) {
                entries.add(entry);
                if (entries.size() > MAX_ENTRIES) {
                    throw new IOException(folder + " has more than " + MAX_ENTRIES + " entries");
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return entries;
    }
}
