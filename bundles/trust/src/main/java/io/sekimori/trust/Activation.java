package io.sekimori.trust;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a unit is handed so that it can enrol at a console: where the console is, how it is known, and a code that counts
 * once. It comes as a file (JSON) or as a label of one line, see {@link ActivationLabel}; both say the same.
 *
 * <p>Confined to one thread. Holds a secret: close it.
 */
public final class Activation implements AutoCloseable {

    /** The most bytes that a file or label has. */
    public static final int MAX_BYTES = 16 << 10;

    private static final long FORMAT = 1;
    private static final Pattern CODE = Pattern.compile("[a-z2-7]{26,52}");

    private final Place place;
    private final Pins pins;
    private final Instant notAfter;
    private final byte[] code;

    /**
     * Where the gateway belongs.
     *
     * @param gatewayId {@code g-} and 12 of {@code a-z 2-7}
     * @param account 1 to 64 of {@code A-Z a-z 0-9 _ -}
     * @param console {@code https://host[:port]}
     * @param broker {@code ssl://host:port}
     */
    public record Place(String gatewayId, String account, URI console, URI broker) {

        private static final Pattern ID = Pattern.compile("g-[a-z2-7]{12}");
        private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9_-]{1,64}");
        private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\]");

        /** @throws IllegalArgumentException if a part is malformed */
        public Place {
            require(ID.matcher(gatewayId).matches(), "the gateway id is malformed");
            require(ACCOUNT.matcher(account).matches(), "the account is malformed");
            require(isAddress(console, "https"), "the console is not an address https://host[:port]");
            require(isAddress(broker, "ssl") && broker.getPort() > 0, "the broker is not an address ssl://host:port");
        }

        // Nothing but scheme, host and port: what else an address may hold is for nobody here.
        private static boolean isAddress(URI address, String scheme) {
            String host = address.getHost();
            if (host == null || !HOST.matcher(host).matches() || address.getPort() == 0 || address.getPort() > 65_535) {
                return false;
            }
            String port = address.getPort() < 0 ? "" : ":" + address.getPort();
            return address.toString().equals(scheme + "://" + host + port);
        }
    }

    /**
     * How the two sides are known before anything is trusted.
     *
     * @param consoleKey SHA-256 of the public key of the console's CA (SubjectPublicKeyInfo), 64 lower-case hex digits
     * @param root SHA-256 of the {@code root.json} that units of this console have, 64 lower-case hex digits
     */
    public record Pins(String consoleKey, String root) {

        /** @throws IllegalArgumentException if one is no hash */
        public Pins {
            require(Sha256.isHex(consoleKey) && Sha256.isHex(root), "a hash is malformed");
        }
    }

    /**
     * @param notAfter until when the code counts; cut to seconds
     * @param code 26 to 52 of {@code a-z 2-7}, ASCII: at least 128 bits; owned and wiped by this object from now on
     * @throws IllegalArgumentException if the code is malformed
     */
    public Activation(Place place, Pins pins, Instant notAfter, byte[] code) {
        require(
                CODE.matcher(new String(code, StandardCharsets.US_ASCII)).matches(),
                "the code is malformed"); // it has to become a String for JSON anyway
        this.place = place;
        this.pins = pins;
        this.notAfter = Instant.ofEpochSecond(notAfter.getEpochSecond());
        this.code = code;
    }

    /**
     * Reads a file or a label.
     *
     * @throws MalformedJson if it is neither, or a part is missing or malformed; the message never quotes it
     */
    public static Activation parse(byte[] text) throws MalformedJson {
        if (ActivationLabel.isOne(text)) {
            return ActivationLabel.parse(text);
        }
        JsonObject json = JsonObject.parse(text, MAX_BYTES);
        if (json.number("format") != FORMAT) {
            throw new MalformedJson("format is not " + FORMAT);
        }
        try {
            return new Activation(
                    new Place(
                            json.string("gateway"),
                            json.string("account"),
                            new URI(json.string("console")),
                            new URI(json.string("broker"))),
                    new Pins(json.string("consoleKey"), json.string("root")),
                    TufTime.parse(json, "notAfter"),
                    json.string("code").getBytes(StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw new MalformedJson(String.valueOf(e.getMessage()), e);
        } catch (URISyntaxException e) {
            throw new MalformedJson("an address is malformed", e);
        }
    }

    /** The file; the caller wipes it. */
    public byte[] bytes() {
        return JsonText.bytes(Map.of(
                "format", FORMAT,
                "gateway", place.gatewayId(),
                "account", place.account(),
                "console", place.console().toString(),
                "broker", place.broker().toString(),
                "consoleKey", pins.consoleKey(),
                "root", pins.root(),
                "notAfter", TufTime.format(notAfter),
                "code", new String(code, StandardCharsets.US_ASCII)));
    }

    /** Where the gateway belongs. */
    public Place place() {
        return place;
    }

    /** How the two sides are known. */
    public Pins pins() {
        return pins;
    }

    /** Until when the code counts, whole seconds. */
    public Instant notAfter() {
        return notAfter;
    }

    /** The code, ASCII; a copy, which the caller wipes. */
    public byte[] code() {
        return code.clone();
    }

    /** SHA-256 of gateway id and code: tells one activation from another without being secret. */
    public String id() {
        return id(place.gatewayId(), code);
    }

    /**
     * The {@link #id()} of the activation for that gateway with that code.
     *
     * @param code ASCII; the caller wipes it
     */
    public static String id(String gatewayId, byte[] code) {
        byte[] text = (gatewayId + " ").getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(text, text.length + code.length);
        System.arraycopy(code, 0, all, text.length, code.length);
        try {
            return Sha256.hex(all);
        } finally {
            Arrays.fill(all, (byte) 0);
        }
    }

    /** Wipes the code. */
    @Override
    public void close() {
        Arrays.fill(code, (byte) 0);
    }

    /** Without the code. */
    @Override
    public String toString() {
        return "activation of " + place.gatewayId() + " at " + place.console();
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
