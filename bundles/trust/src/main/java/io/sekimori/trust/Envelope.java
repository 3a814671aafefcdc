package io.sekimori.trust;

import java.util.LinkedHashMap;
import java.util.Map;

/** Signed metadata as received (4.2.2): the bytes, what they say, and who claims to have signed that. Immutable. */
final class Envelope {

    /** For messages: which file of which repository. */
    final String name;

    final JsonObject signed;
    private final byte[] bytes;
    private final Map<String, String> signatures;

    private Envelope(String name, byte[] bytes, JsonObject signed, Map<String, String> signatures) {
        this.name = name;
        this.bytes = bytes;
        this.signed = signed;
        this.signatures = signatures;
    }

    static Envelope parse(String name, Document document, byte[] bytes) throws TrustException {
        if (bytes.length > document.maxBytes) {
            throw new TrustException(
                    TrustCode.METADATA_TOO_LONG, name + " is longer than " + document.maxBytes + " bytes");
        }
        try {
            JsonObject json = JsonObject.parse(bytes);
            // 4.2.2: a key id must not be there twice; the first one counts, so a copy can neither help nor harm.
            Map<String, String> signatures = new LinkedHashMap<>();
            for (JsonObject signature : json.objects("signatures")) {
                signatures.putIfAbsent(signature.string("keyid"), signature.string("sig"));
            }
            return new Envelope(name, bytes, json.object("signed"), signatures);
        } catch (MalformedJson e) {
            throw malformed(name, e);
        }
    }

    static TrustException malformed(String name, Exception e) {
        return new TrustException(TrustCode.METADATA_MALFORMED, name + ": " + e.getMessage(), e);
    }

    /** The bytes as received. */
    byte[] bytes() {
        return bytes.clone();
    }

    /** The bytes that are signed: the canonical form of what was received. */
    byte[] message() {
        return CanonicalJson.bytes(signed.asMap());
    }

    /** By key id, hex as received. */
    Map<String, String> signatures() {
        return signatures;
    }
}
