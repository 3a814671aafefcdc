package io.sekimori.trust;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What every role's metadata begins with (4.3).
 *
 * @param issued of root and targets, when they were signed, if they say so
 */
record Header(String name, Document document, long version, Instant expires, Optional<Instant> issued) {

    /** When offline keys signed it: ours, where TUF has nothing; absent is no information. */
    static final String ISSUED = "issued";

    /** What our own metadata follows. */
    static final String SPEC_VERSION = "1.0.34";

    // A clock of another time zone that says it is UTC is no reason to turn a publisher away.
    static final Duration ZONES = Duration.ofDays(1);

    private static final Pattern KNOWN_SPEC_VERSIONS = Pattern.compile("1\\.[0-9]{1,3}(\\.[0-9]{1,5})?");

    static Header of(Envelope envelope, Document document) throws TrustException, MalformedJson {
        JsonObject signed = envelope.signed;
        String type = signed.string("_type");
        if (!type.equals(document.role.word())) {
            throw new TrustException(TrustCode.METADATA_TYPE, envelope.name + " is of type " + type);
        }
        String spec = signed.string("spec_version");
        if (!KNOWN_SPEC_VERSIONS.matcher(spec).matches()) {
            throw new TrustException(
                    TrustCode.METADATA_SPEC_VERSION, envelope.name + " follows TUF " + spec + ", this client 1.x");
        }
        return new Header(
                envelope.name, document, version(signed), TufTime.parse(signed, "expires"), issued(signed, document));
    }

    // Of what is signed online it says nothing that counts.
    private static Optional<Instant> issued(JsonObject signed, Document document) throws MalformedJson {
        return document.offline && signed.asMap().containsKey(ISSUED)
                ? Optional.of(TufTime.parse(signed, ISSUED))
                : Optional.empty();
    }

    static long version(JsonObject object) throws MalformedJson {
        long version = object.number("version");
        if (version < 1) {
            throw new MalformedJson("version is below 1");
        }
        return version;
    }

    /**
     * Refuses, before gateways see it, what a signer with a wrong clock dated ahead: they would wait until then.
     *
     * @throws TrustException {@link PublishCode#ISSUED_AHEAD}
     */
    void requireNotAhead(Instant now) throws TrustException {
        requireNotAhead(name, issued, now);
    }

    static void requireNotAhead(String name, Optional<Instant> issued, Instant now) throws TrustException {
        if (issued.isPresent() && issued.get().isAfter(now.plus(ZONES))) {
            throw new TrustException(
                    PublishCode.ISSUED_AHEAD,
                    name + " was signed at " + TufTime.format(issued.get()) + ", and here it is "
                            + TufTime.format(now));
        }
    }

    /** 5.3.10, 5.4.4, 5.5.6, 5.6.5: {@code now} is the start of the update, the same for every check. */
    void requireFresh(Instant now) throws TrustException {
        if (!now.isBefore(expires)) {
            throw new TrustException(
                    document.expired,
                    name + " version " + version + " expired at " + TufTime.format(expires) + ", the update began at "
                            + TufTime.format(now));
        }
    }
}
