package io.sekimori.ports.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that looks like the kernel's. */
final class FakeProc {

    static final long SELF = 100;

    private static final String HEADING = "  sl  local_address rem_address   st\n";

    private final Path root;

    FakeProc(Path root) throws IOException {
        this.root = root;
        write("net/tcp", HEADING);
        write("net/udp", HEADING);
        write("net/unix", "Num       RefCount Protocol Flags    Type St Inode Path\n");
        process(SELF, "java");
        write(SELF + "/cmdline", "java\0-cp\0lib.jar\0io.sekimori.Main\0@file\0");
        write(SELF + "/maps", "7f00-7f01 r-xp 00000000 fe:00 1 /usr/lib/jvm/lib/libjava.so\n");
    }

    ProcFiles files() {
        return new ProcFiles(root);
    }

    FakeProc line(String table, String line) throws IOException {
        Files.writeString(root.resolve(table), Files.readString(root.resolve(table)) + line + "\n");
        return this;
    }

    FakeProc write(String file, String text) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), text);
        return this;
    }

    FakeProc process(long pid, String program) throws IOException {
        Files.createDirectories(root.resolve(pid + "/fd"));
        return write(pid + "/comm", program + "\n");
    }

    FakeProc has(long pid, long inode) throws IOException {
        Files.createSymbolicLink(root.resolve(pid + "/fd/" + inode), Path.of("socket:[" + inode + "]"));
        return this;
    }

    FakeProc without(String file) throws IOException {
        Files.delete(root.resolve(file));
        return this;
    }

    /** A line of a listening socket at 127.0.0.1 or everywhere. */
    static String tcp(boolean loopback, int port, long inode) {
        return "   0: " + (loopback ? "0100007F" : "00000000") + String.format(":%04X", port)
                + " 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 " + inode + " 1 0";
    }

    static String unix(String path, long inode) {
        return "0000000000000000: 00000002 00000000 00010000 0001 01 " + inode + " " + path;
    }
}
