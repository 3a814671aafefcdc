package io.sekimori.ports.linux;

import io.sekimori.ports.Listener.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Reads the kernel's tables of sockets: {@code /proc/net/tcp} and its kin (proc_net_tcp.txt), and {@code /proc/net/unix}
 * (unix(7), proc(5)). A line that is not understood ends the reading: half a table would be silence about the rest. Pure.
 */
final class SocketTable {

    /** A socket that takes connections or datagrams. */
    record Open(Transport transport, String address, boolean loopback, int port, long inode) {}

    private static final String TCP_LISTEN = "0A";
    private static final String UDP_UNCONNECTED = "07";
    private static final int ACCEPTS_CONNECTIONS = 0x10000; // __SO_ACCEPTCON

    private SocketTable() {}

    /** Those of a table of IPv4 or IPv6 sockets. */
    static List<Open> internet(Transport transport, String table) throws IOException {
        String state = transport == Transport.TCP ? TCP_LISTEN : UDP_UNCONNECTED;
        List<Open> found = new ArrayList<>();
        for (String line : lines(table)) {
            String[] fields = line.strip().split("\\s+");
            if (fields.length < 10) {
                throw malformed(line);
            }
            if (fields[3].equals(state)) {
                found.add(internet(transport, fields[1], number(fields[9], 10, line), line));
            }
        }
        return found;
    }

    /** Those of the table of local sockets. */
    static List<Open> unix(String table) throws IOException {
        List<Open> found = new ArrayList<>();
        for (String line : lines(table)) {
            String[] fields = line.strip().split("\\s+", 8);
            if (fields.length < 7) {
                throw malformed(line);
            }
            if ((number(fields[3], 16, line) & ACCEPTS_CONNECTIONS) != 0) {
                String path = fields.length == 8 ? fields[7] : "";
                found.add(new Open(Transport.UNIX, path, true, 0, number(fields[6], 10, line)));
            }
        }
        return found;
    }

    private static Open internet(Transport transport, String local, long inode, String line) throws IOException {
        int colon = local.indexOf(':');
        if (colon != 8 && colon != 32) {
            throw malformed(line);
        }
        try {
            InetAddress address = address(HexFormat.of().parseHex(local.substring(0, colon)));
            int port = HexFormat.fromHexDigits(local.substring(colon + 1));
            return new Open(transport, address.getHostAddress(), address.isLoopbackAddress(), port, inode);
        } catch (IllegalArgumentException e) {
            throw malformed(line);
        }
    }

    // Each word of 32 bits stands in the order of this machine.
    private static InetAddress address(byte[] words) throws IOException {
        ByteBuffer from = ByteBuffer.wrap(words).order(ByteOrder.nativeOrder());
        ByteBuffer to = ByteBuffer.allocate(words.length);
        while (from.hasRemaining()) {
            to.putInt(from.getInt());
        }
        return InetAddress.getByAddress(to.array());
    }

    private static List<String> lines(String table) throws IOException {
        List<String> lines = table.lines().toList();
        if (lines.isEmpty()) {
            throw new IOException("a table of sockets has no heading");
        }
        return lines.subList(1, lines.size());
    }

    private static long number(String digits, int radix, String line) throws IOException {
        try {
            return Long.parseUnsignedLong(digits, radix);
        } catch (NumberFormatException e) {
            throw malformed(line);
        }
    }

    private static IOException malformed(String line) {
        String start = line.substring(0, Math.min(80, line.length()));
        return new IOException(
                "a line of a table of sockets is not understood: " + start.replaceAll("\\p{Cntrl}", "?"));
    }
}
