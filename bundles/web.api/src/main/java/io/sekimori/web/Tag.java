package io.sekimori.web;

import java.util.Optional;

/**
 * Versions in ETag and If-Match (RFC 9110, 8.8.3 and 13.1.1): who changes something says which version they saw, so
 * that nobody undoes unseen what another did.
 */
public final class Tag {

    private Tag() {}

    /**
     * The header's value for a version.
     *
     * @throws IllegalArgumentException if it has a character that cannot stand there
     */
    public static String of(String version) {
        if (!version.matches("[A-Za-z0-9._:+-]{1,200}")) {
            throw new IllegalArgumentException("not a version: " + version);
        }
        return "\"" + version + "\"";
    }

    /**
     * The version that the caller saw.
     *
     * @throws WebException 428 if they do not say, 400 if it is no single strong tag
     */
    public static String required(Request request) throws WebException {
        Optional<String> header = request.header("if-match");
        if (header.isEmpty()) {
            throw new WebException(new Problem(428, WebCode.TAG_REQUIRED, "If-Match is missing"));
        }
        String tag = header.get();
        if (!tag.matches("\"[A-Za-z0-9._:+-]{1,200}\"")) {
            throw new WebException(new Problem(400, WebCode.PARAMETER_INVALID, "If-Match is not one ETag"));
        }
        return tag.substring(1, tag.length() - 1);
    }

    /**
     * As {@link #required(Request)}, for versions that are numbers.
     *
     * @throws WebException 412 as well, if it is no number: then it was never a version here
     */
    public static long number(Request request) throws WebException {
        String version = required(request);
        try {
            return Long.parseLong(version);
        } catch (NumberFormatException e) {
            throw new WebException(stale(), e);
        }
    }

    /** 412: what the caller saw has changed. */
    public static Problem stale() {
        return new Problem(412, WebCode.TAG_STALE, "it was changed meanwhile");
    }
}
