package io.sekimori.trust;

import java.util.HexFormat;
import java.util.Map;

/**
 * A public key as TUF metadata has it (4.2.1). It may be of a type this client does not know; such a key verifies
 * nothing.
 *
 * @param keyId       SHA-256 of the canonical form of the key, 64 lower-case hex digits
 * @param keyType     such as {@code ed25519}
 * @param scheme      such as {@code ed25519}
 * @param publicValue the key itself, hex for Ed25519
 */
public record TufKey(String keyId, String keyType, String scheme, String publicValue) {

    /** @throws IllegalArgumentException if the id is not a SHA-256 */
    public TufKey {
        Names.requireSha256(keyId);
    }

    /** The Ed25519 key of these 32 bytes. */
    public static TufKey ed25519(byte[] raw) {
        Names.require(raw.length == Ed25519.PUBLIC_KEY_BYTES, "an Ed25519 key has 32 bytes");
        String hex = HexFormat.of().formatHex(raw);
        SignatureScheme scheme = SignatureScheme.ED25519;
        return new TufKey(idOf(json(scheme.keyType, scheme.scheme, hex)), scheme.keyType, scheme.scheme, hex);
    }

    /** Reads a key and computes its id over all its members, known or not. */
    public static TufKey parse(JsonObject key) throws MalformedJson {
        return new TufKey(
                idOf(key.asMap()),
                key.string("keytype"),
                key.string("scheme"),
                key.object("keyval").string("public"));
    }

    /** The key as metadata lists it. */
    public Map<String, Object> json() {
        return json(keyType, scheme, publicValue);
    }

    /** Whether {@code signature} is this key's signature of {@code message}. */
    public boolean verifies(byte[] message, byte[] signature) {
        return SignatureScheme.of(this)
                .map(known -> known.verify(publicValue, message, signature))
                .orElse(false);
    }

    private static Map<String, Object> json(String keyType, String scheme, String publicValue) {
        return Map.of("keytype", keyType, "scheme", scheme, "keyval", Map.of("public", publicValue));
    }

    private static String idOf(Map<String, ?> key) {
        return Sha256.hex(CanonicalJson.bytes(key));
    }
}
