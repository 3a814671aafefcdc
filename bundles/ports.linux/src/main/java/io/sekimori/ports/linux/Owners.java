package io.sekimori.ports.linux;

import io.sekimori.ports.Listener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds out which process has a socket. Confined to one look. */
final class Owners {

    private static final int MAX_PROGRAM = 64;

    private final ProcFiles proc;
    private final long self;

    Owners(ProcFiles proc, long self) {
        this.proc = proc;
        this.self = self;
    }

    /** A socket with the process that has it. */
    record Owned(SocketTable.Open socket, long pid, String program, boolean own) {

        Listener listener(String bundle) {
            return new Listener(socket.transport(), socket.address(), socket.port(), pid, program, own, bundle);
        }
    }

    /**
     * Everything that listens. Local sockets of other processes are left out: files and their rights guard those.
     *
     * @throws IOException if a table or this process's own descriptors cannot be read
     */
    List<Owned> all() throws IOException {
        List<SocketTable.Open> open = new ArrayList<>();
        open.addAll(SocketTable.internet(Listener.Transport.TCP, proc.text("net/tcp")));
        open.addAll(SocketTable.internet(Listener.Transport.UDP, proc.text("net/udp")));
        open.addAll(SocketTable.internet(Listener.Transport.TCP, ifIpv6("net/tcp6")));
        open.addAll(SocketTable.internet(Listener.Transport.UDP, ifIpv6("net/udp6")));
        List<SocketTable.Open> local = SocketTable.unix(proc.text("net/unix"));
        Set<Long> mine = new HashSet<>(proc.sockets(self));
        Map<Long, Long> others = others(open, mine);
        List<Owned> owned = new ArrayList<>();
        open.forEach(socket -> owned.add(owned(socket, mine, others)));
        local.stream()
                .filter(socket -> mine.contains(socket.inode()))
                .forEach(socket -> owned.add(owned(socket, mine, others)));
        return owned;
    }

    private String ifIpv6(String table) throws IOException {
        // A kernel without IPv6 has none of these files.
        return proc.exists("net/if_inet6") || proc.exists(table) ? proc.text(table) : "no IPv6";
    }

    private Owned owned(SocketTable.Open socket, Set<Long> mine, Map<Long, Long> others) {
        boolean own = mine.contains(socket.inode());
        long pid = own ? self : others.getOrDefault(socket.inode(), 0L);
        return new Owned(socket, pid, pid == 0 ? "" : program(pid), own);
    }

    /** Who has those that are not ours, as far as this user may know. */
    private Map<Long, Long> others(List<SocketTable.Open> open, Set<Long> mine) throws IOException {
        Set<Long> wanted = new HashSet<>();
        open.stream()
                .map(SocketTable.Open::inode)
                .filter(inode -> !mine.contains(inode))
                .forEach(wanted::add);
        Map<Long, Long> found = new HashMap<>();
        if (wanted.isEmpty()) {
            return found;
        }
        for (long pid : proc.processes()) {
            for (long inode : readable(pid)) {
                if (wanted.contains(inode)) {
                    found.putIfAbsent(inode, pid);
                }
            }
        }
        return found;
    }

    private List<Long> readable(long pid) {
        try {
            return pid == self ? List.of() : proc.sockets(pid);
        } catch (IOException e) {
            return List.of(); // ended meanwhile, or another user's: the socket is shown without its process
        }
    }

    private String program(long pid) {
        try {
            String name = proc.text(pid + "/comm").strip().replaceAll("[^ -~]", "?");
            return name.substring(0, Math.min(MAX_PROGRAM, name.length()));
        } catch (IOException e) {
            return "";
        }
    }

    static ProcFiles system() {
        return new ProcFiles(Path.of("/proc"));
    }
}
