package io.sekimori.authority.ca;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A gateway id and an activation code as HTTP sends them (RFC 7617). Confined to one thread. */
final class BasicCredentials {

    private static final String SCHEME = "basic ";
    private static final int MAX_LENGTH = 1_000;
    private static final int MAX_NAME = 64;
    private static final Pattern GATEWAY = Pattern.compile("g-[a-z2-7]{12}");

    private final String name;
    private final byte[] password;

    private BasicCredentials(String name, byte[] password) {
        this.name = name;
        this.password = password;
    }

    /** Empty if the header has another form, or what it names is no gateway id. */
    static Optional<BasicCredentials> parse(String header) {
        if (header.length() > MAX_LENGTH || !header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return Optional.empty();
        }
        byte[] both;
        try {
            both = Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        try {
            int colon = 0;
            while (colon < both.length && both[colon] != ':') {
                colon++;
            }
            if (colon == both.length || colon > MAX_NAME) {
                return Optional.empty();
            }
            String name = new String(both, 0, colon, StandardCharsets.ISO_8859_1);
            return GATEWAY.matcher(name).matches()
                    ? Optional.of(new BasicCredentials(name, Arrays.copyOfRange(both, colon + 1, both.length)))
                    : Optional.empty();
        } finally {
            Arrays.fill(both, (byte) 0);
        }
    }

    String name() {
        return name;
    }

    /** The code; the caller wipes it. */
    byte[] password() {
        return password;
    }
}
