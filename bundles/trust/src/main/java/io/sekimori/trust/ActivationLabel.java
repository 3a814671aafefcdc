package io.sekimori.trust;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * An activation as one line of ASCII for a printed label or a chat: {@code SEKIMORI1}, gateway id, code, console, broker,
 * account, the two hashes (base64url), the end of its time (seconds since 1970) and 8 hex digits that tell a line cut off
 * or mistyped, with {@code ;} between. Stateless.
 */
public final class ActivationLabel {

    private static final String PREFIX = "SEKIMORI1;";
    private static final int PARTS = 10;
    private static final int SUM_LENGTH = 8;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private ActivationLabel() {}

    /** The line, without its end; the caller wipes it. */
    public static byte[] of(Activation activation) {
        String line = PREFIX
                + String.join(
                        ";",
                        activation.place().gatewayId(),
                        new String(activation.code(), StandardCharsets.US_ASCII),
                        activation.place().console().toString(),
                        activation.place().broker().toString(),
                        activation.place().account(),
                        base64(activation.pins().consoleKey()),
                        base64(activation.pins().root()),
                        Long.toString(activation.notAfter().getEpochSecond()));
        return (line + ";" + sum(line)).getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether it begins as a label does. */
    static boolean isOne(byte[] text) {
        byte[] prefix = PREFIX.getBytes(StandardCharsets.US_ASCII);
        return text.length >= prefix.length && Arrays.equals(text, 0, prefix.length, prefix, 0, prefix.length);
    }

    static Activation parse(byte[] text) throws MalformedJson {
        if (text.length > Activation.MAX_BYTES) {
            throw new MalformedJson("the label is too long");
        }
        String line = new String(text, StandardCharsets.US_ASCII).strip();
        List<String> parts = List.of(line.split(";", -1));
        if (parts.size() != PARTS) {
            throw new MalformedJson("the label is not whole");
        }
        if (!sum(line.substring(0, line.length() - parts.get(PARTS - 1).length() - 1))
                .equals(parts.get(PARTS - 1))) {
            throw new MalformedJson("the label is mistyped or cut off: its last 8 digits do not fit");
        }
        try {
            return new Activation(
                    new Activation.Place(parts.get(1), parts.get(5), new URI(parts.get(3)), new URI(parts.get(4))),
                    new Activation.Pins(hex(parts.get(6)), hex(parts.get(7))),
                    Instant.ofEpochSecond(Long.parseLong(parts.get(8))),
                    parts.get(2).getBytes(StandardCharsets.US_ASCII));
        } catch (NumberFormatException | DateTimeException e) {
            throw new MalformedJson("the end of its time is malformed", e);
        } catch (IllegalArgumentException e) {
            throw new MalformedJson("a part of the label is malformed", e);
        } catch (URISyntaxException e) {
            throw new MalformedJson("an address is malformed", e);
        }
    }

    private static String sum(String line) {
        return Sha256.hex(line.getBytes(StandardCharsets.US_ASCII)).substring(0, SUM_LENGTH);
    }

    private static String base64(String hex) {
        return ENCODER.encodeToString(HexFormat.of().parseHex(hex));
    }

    private static String hex(String base64) {
        return HexFormat.of().formatHex(Base64.getUrlDecoder().decode(base64));
    }
}
