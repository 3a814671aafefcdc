package io.sekimori.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The same broker as a configuration for mosquitto 2.0 or later: {@code mosquitto.conf} and {@code acl}.
 *
 * <p>Three things differ. Mosquitto gives a client the name in its certificate instead of refusing another client id;
 * knows consoles by name alone, hence the numbered list; and drops messages to a full session. It reads certificates and
 * revocations again on SIGHUP, and does not then disconnect who was revoked.
 */
final class MosquittoFiles {

    private final BrokerSettings settings;
    private final int consoles;

    MosquittoFiles(BrokerSettings settings, int consoles) {
        this.settings = settings;
        this.consoles = consoles;
    }

    /** Writes both files into {@code folder}, which is made if it is not there; what has their names is replaced. */
    void write(Path folder) throws BrokerException {
        try {
            Path absolute = Files.createDirectories(folder).toAbsolutePath().normalize();
            Files.write(absolute.resolve("acl"), acl());
            Files.write(absolute.resolve("mosquitto.conf"), configuration(absolute.resolve("acl")));
        } catch (IOException e) {
            throw new BrokerException(BrokerCode.CONFIGURATION, e.toString(), e);
        }
    }

    private List<String> configuration(Path acl) {
        Limits limits = settings.limits();
        List<String> lines = new ArrayList<>(List.of(
                "per_listener_settings false",
                "allow_anonymous false",
                "acl_file " + acl,
                "retain_available false",
                "max_packet_size " + limits.messageBytes(),
                "max_queued_messages " + limits.sessionMessages(),
                "max_queued_bytes 0",
                "max_inflight_messages 20",
                "persistent_client_expiration " + limits.sessionDays() + "d",
                "persistence true",
                "persistence_location " + settings.data() + "/",
                "autosave_on_changes true",
                "autosave_interval 1",
                "listener " + settings.port() + " " + settings.host(),
                "max_connections " + limits.connections(),
                "tls_version tlsv1.3",
                "certfile " + settings.chain(),
                "keyfile " + settings.key(),
                "cafile " + settings.anchors(),
                "require_certificate true",
                "use_identity_as_username true",
                "use_username_as_clientid true"));
        settings.crl().ifPresent(list -> lines.add("crlfile " + list));
        return lines;
    }

    private List<String> acl() {
        String account = settings.account();
        List<String> lines = new ArrayList<>(List.of(
                "pattern readwrite $EDC/" + account + "/%u/#",
                "pattern write " + account + "/%u/#",
                "pattern write $EDC/" + account + "/+/+/REPLY/#",
                "pattern write $EDC/" + account + "/+/+/NOTIFY/%u/#"));
        IntStream.rangeClosed(1, consoles)
                .forEach(number -> lines.addAll(List.of(
                        "user console-" + number,
                        "topic readwrite $EDC/" + account + "/#",
                        "topic read " + account + "/#")));
        return lines;
    }
}
