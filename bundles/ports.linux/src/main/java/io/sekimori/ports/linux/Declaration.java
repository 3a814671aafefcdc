package io.sekimori.ports.linux;

import io.sekimori.ports.Listener.Transport;
import io.sekimori.ports.Ports;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/**
 * What a bundle says it opens.
 *
 * @param bundle its symbolic name
 * @param port 0 for a local socket
 * @param path absolute, {@code *} stands for any part of one name in it; empty for the others
 * @param optional whether it need not be open
 */
record Declaration(String bundle, Transport transport, int port, String path, boolean optional) {

    Declaration {
        if (transport == Transport.UNIX ? path.isEmpty() : port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a declaration names a port of 1 to 65535, or the path of a socket");
        }
    }

    /**
     * Reads the attributes of a capability of the namespace {@link Ports#NAMESPACE}.
     *
     * @param setting answers the value of a PID's key, if it is configured
     * @throws IllegalArgumentException if they make no declaration
     */
    static Declaration of(
            String bundle,
            Map<String, Object> attributes,
            Path unit,
            BiFunction<String, String, Optional<Object>> setting) {
        Transport transport = Transport.valueOf(text(attributes, "transport").toUpperCase(Locale.ROOT));
        boolean optional = Boolean.parseBoolean(text(attributes, "optional"));
        if (transport == Transport.UNIX) {
            String path = text(attributes, "path");
            return new Declaration(
                    bundle,
                    transport,
                    0,
                    path.isEmpty() ? "" : unit.resolve(path).toString(),
                    optional);
        }
        Object port = attributes.get("port");
        String pid = text(attributes, "pid");
        if (!pid.isEmpty()) {
            port = setting.apply(pid, text(attributes, "key")).orElse(port);
        }
        // NumberFormatException is an IllegalArgumentException.
        return new Declaration(bundle, transport, Integer.parseInt(String.valueOf(port)), "", optional);
    }

    boolean covers(SocketTable.Open socket) {
        if (socket.transport() != transport) {
            return false;
        }
        return transport == Transport.UNIX ? pattern().matcher(socket.address()).matches() : socket.port() == port;
    }

    String name() {
        return transport.name().toLowerCase(Locale.ROOT) + " " + (transport == Transport.UNIX ? path : port);
    }

    private Pattern pattern() {
        return Pattern.compile("\\Q" + path.replace("*", "\\E[^/]*\\Q") + "\\E");
    }

    private static String text(Map<String, Object> attributes, String name) {
        return Objects.toString(attributes.get(name), "");
    }
}
