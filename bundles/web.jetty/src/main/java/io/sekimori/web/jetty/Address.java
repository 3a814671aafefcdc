package io.sekimori.web.jetty;

import io.sekimori.web.Problem;
import io.sekimori.web.Route;
import io.sekimori.web.WebCode;
import io.sekimori.web.WebException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes the target of a request apart, each part decoded exactly once (RFC 3986, 2.1 and 3.3). Stateless. */
final class Address {

    private static final int MOST_PARAMETERS = 50;

    private Address() {}

    /** The segments of a path. Nothing in them leaves its place: no dots, slashes or control characters. */
    static List<String> segments(String path) throws WebException {
        if (!path.startsWith("/")) {
            throw malformed("the path does not begin with a slash");
        }
        List<String> segments = new ArrayList<>();
        if (path.equals("/")) {
            return segments;
        }
        for (String raw : path.substring(1).split("/", -1)) {
            String segment = decode(raw, false);
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw malformed("the path has an empty or dotted segment");
            }
            if (segment.contains("/") || segment.contains("\\")) {
                throw malformed("a segment of the path has a slash in it");
            }
            segments.add(segment);
        }
        return segments;
    }

    /** The parameters of a query, of which the route must know each. */
    static Map<String, List<String>> query(String query, Route route) throws WebException {
        Map<String, List<String>> values = new HashMap<>();
        if (query.isEmpty()) {
            return values;
        }
        String[] pairs = query.split("&", -1);
        if (pairs.length > MOST_PARAMETERS) {
            throw new WebException(new Problem(400, WebCode.PARAMETER_INVALID, "there are too many parameters"));
        }
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals), true);
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1), true);
            if (route.query().stream().noneMatch(known -> known.name().equals(name))) {
                throw new WebException(
                        new Problem(400, WebCode.PARAMETER_INVALID, "a parameter is not known: " + shortened(name)));
            }
            values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        }
        return values;
    }

    private static String decode(String raw, boolean plusIsSpace) throws WebException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                int high = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 1), 16) : -1;
                int low = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw malformed("a percent sign is not followed by two digits");
                }
                bytes.write(high << 4 | low);
                i += 2;
            } else if (c == '+' && plusIsSpace) {
                bytes.write(' ');
            } else if (c > ' ' && c < 0x7f) {
                bytes.write(c);
            } else {
                throw malformed("a character must be percent-encoded");
            }
        }
        return text(bytes.toByteArray());
    }

    private static String text(byte[] utf8) throws WebException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
            if (text.chars().anyMatch(Character::isISOControl)) {
                throw malformed("there is a control character");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new WebException(new Problem(400, WebCode.ADDRESS_MALFORMED, "it is not UTF-8"), e);
        }
    }

    private static String shortened(String name) {
        return name.length() > 50 ? name.substring(0, 50) : name;
    }

    private static WebException malformed(String detail) {
        return new WebException(new Problem(400, WebCode.ADDRESS_MALFORMED, detail));
    }
}
