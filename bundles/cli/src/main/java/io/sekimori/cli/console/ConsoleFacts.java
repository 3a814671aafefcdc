package io.sekimori.cli.console;

import io.sekimori.cli.ExitCode;
import io.sekimori.cli.Failure;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Map;

/**
 * What people may know of a console: {@code console.json}.
 *
 * @param https       where people, the command line and gateways reach it by HTTPS
 * @param mqtt        where gateways reach its broker
 * @param account     the first word of all topics
 * @param fingerprint SHA-256 of its authority's certificate, 64 lower-case hex digits
 */
record ConsoleFacts(Endpoint https, Endpoint mqtt, String account, String fingerprint) {

    /** Host and port. */
    record Endpoint(String host, int port) {

        static Endpoint parse(String text) throws Failure {
            int colon = text.lastIndexOf(':');
            if (colon < 1 || !text.matches("\\[?[A-Za-z0-9.:-]{1,253}]?:[0-9]{1,5}")) {
                throw new Failure(ExitCode.USAGE, "ENDPOINT", text);
            }
            int port = Integer.parseInt(text.substring(colon + 1));
            if (port < 1 || port > 65_535) {
                throw new Failure(ExitCode.USAGE, "ENDPOINT", text);
            }
            return new Endpoint(text.substring(0, colon), port);
        }

        URI uri(String scheme) {
            return URI.create(scheme + "://" + host + ":" + port);
        }

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    static ConsoleFacts read(ConsoleHome home) throws IOException, Failure {
        try {
            JsonObject json = JsonObject.parse(Files.readAllBytes(home.facts()));
            return new ConsoleFacts(
                    Endpoint.parse(json.string("https")),
                    Endpoint.parse(json.string("mqtt")),
                    json.string("account"),
                    json.string("fingerprint"));
        } catch (MalformedJson e) {
            throw new Failure(ExitCode.FAILED, "CONSOLE_MALFORMED", home.facts()).because(e);
        }
    }

    byte[] bytes() {
        return JsonText.bytes(Map.of(
                "format",
                1L,
                "https",
                https.toString(),
                "mqtt",
                mqtt.toString(),
                "account",
                account,
                "fingerprint",
                fingerprint));
    }
}
