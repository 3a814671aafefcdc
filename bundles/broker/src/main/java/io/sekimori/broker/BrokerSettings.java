package io.sekimori.broker;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What {@code broker.json} says; paths in it are relative to its folder.
 *
 * @param directory the folder of {@code broker.json}
 * @param host the address to listen at, {@code 127.0.0.1} unless given
 * @param port the port, 8883 unless given; 0 takes a free one
 * @param account the account of the topics, {@code sekimori} unless given
 * @param key the broker's private key, PKCS #8 in PEM, mode 0600
 * @param chain the broker's certificate and those between it and the console's authority, in PEM
 * @param anchors the certificates of the console's authority, in PEM
 * @param crl the revocation lists, in PEM or DER, if there are any
 * @param data where messages and sessions are kept
 * @param limits what clients may cost
 */
record BrokerSettings(
        Path directory,
        String host,
        int port,
        String account,
        Path key,
        Path chain,
        Path anchors,
        Optional<Path> crl,
        Path data,
        Limits limits) {

    static final String FILE = "broker.json";

    private static final int MAX_BYTES = 64 * 1024;
    private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:-]{1,253}");

    static BrokerSettings read(Path directory) throws BrokerException {
        Path file = directory.resolve(FILE);
        try {
            return parse(directory.toAbsolutePath().normalize(), JsonObject.parse(Files.readAllBytes(file), MAX_BYTES));
        } catch (MalformedJson e) {
            throw new BrokerException(BrokerCode.CONFIGURATION, file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new BrokerException(BrokerCode.CONFIGURATION, e.toString(), e);
        }
    }

    private static BrokerSettings parse(Path directory, JsonObject json) throws MalformedJson {
        onlyKnown(json, Set.of("host", "port", "account", "key", "chain", "anchors", "crl", "data", "limits"));
        long port = json.optionalNumber("port").orElse(8883L);
        if (port < 0 || port > 65_535) {
            throw new MalformedJson("port is not within 0 and 65535");
        }
        Optional<JsonObject> limits = json.optionalObject("limits");
        return new BrokerSettings(
                directory,
                word(json, "host", "127.0.0.1", HOST),
                (int) port,
                word(json, "account", "sekimori", ACCOUNT),
                directory.resolve(json.string("key")),
                directory.resolve(json.string("chain")),
                directory.resolve(json.string("anchors")),
                json.optionalString("crl").map(directory::resolve),
                directory.resolve(json.optionalString("data").orElse("data")),
                limits.isPresent() ? Limits.parse(limits.get()) : Limits.DEFAULT);
    }

    /** The files whose change is noticed while the broker runs. */
    List<Path> credentials() {
        List<Path> files = new ArrayList<>(List.of(key, chain, anchors));
        crl.ifPresent(files::add);
        if (Files.exists(known())) {
            files.add(known());
        }
        return files;
    }

    /** Beside the anchors: the SHA-256 of each certificate that is let in though its issuing CA was replaced; need not be there. */
    Path known() {
        return anchors.resolveSibling("known.txt");
    }

    /** Refuses names that mean nothing: a misspelt limit would else be none. */
    static void onlyKnown(JsonObject json, Set<String> known) throws MalformedJson {
        for (String name : json.names()) {
            if (!known.contains(name)) {
                throw new MalformedJson(name + " is not known");
            }
        }
    }

    private static String word(JsonObject json, String name, String otherwise, Pattern allowed) throws MalformedJson {
        String value = json.optionalString(name).orElse(otherwise);
        if (!allowed.matcher(value).matches()) {
            throw new MalformedJson(name + " cannot be " + value);
        }
        return value;
    }
}
