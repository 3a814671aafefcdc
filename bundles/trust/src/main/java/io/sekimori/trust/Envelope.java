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
            return of(name, bytes, JsonObject.parse(bytes));
        } catch (MalformedJson e) {
            throw malformed(name, e);
        }
    }

    /** The same, where a document has a code of its own for what is no such document. */
    static Envelope parse(String name, Document document, byte[] bytes, TrustCode malformed) throws TrustException {
        try {
            return parse(name, document, bytes);
        } catch (TrustException e) {
            throw new TrustException(malformed, e.refusal().detail(), e);
        }
    }

    /** One that is a part of another document; its bytes are nobody's to keep. */
    static Envelope of(String name, JsonObject json) throws MalformedJson {
        return of(name, new byte[0], json);
    }

    private static Envelope of(String name, byte[] bytes, JsonObject json) throws MalformedJson {
        // 4.2.2: a key id must not be there twice; the first one counts, so a copy can neither help nor harm.
        Map<String, String> signatures = new LinkedHashMap<>();
        for (JsonObject signature : json.objects("signatures")) {
            signatures.putIfAbsent(signature.string("keyid"), signature.string("sig"));
        }
        return new Envelope(name, bytes, json.object("signed"), signatures);
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
