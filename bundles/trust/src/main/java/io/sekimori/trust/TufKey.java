package io.sekimori.trust;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A public key as TUF metadata has it (4.2.1). It may be of a type this client does not know; such a key verifies
 * nothing.
 *
 * @param keyId       SHA-256 of the canonical form of the key, 64 lower-case hex digits
 * @param keyType     such as {@code ed25519}
 * @param scheme      such as {@code ed25519}
 * @param publicValue the key itself, hex for Ed25519, PEM for all others; empty if the type has none
 */
public record TufKey(String keyId, String keyType, String scheme, String publicValue) {

    private static final String ED25519 = "ed25519";
    private static final String ECDSA = "ecdsa";
    private static final List<List<String>> HASHED = List.of(
            List.of("keytype", "scheme", "keyval"), List.of("keytype", "scheme", "keyval", "keyid_hash_algorithms"));

    /** @throws IllegalArgumentException if the id is not a SHA-256 */
    public TufKey {
        Names.requireSha256(keyId);
    }

    /** The Ed25519 key of these 32 bytes. */
    public static TufKey ed25519(byte[] raw) {
        Names.require(raw.length == Ed25519.PUBLIC_KEY_BYTES, "an Ed25519 key has 32 bytes");
        String hex = HexFormat.of().formatHex(raw);
        return new TufKey(idOf(json(ED25519, ED25519, hex)), ED25519, ED25519, hex);
    }

    /** The P-256 key of this SubjectPublicKeyInfo (RFC 5480). */
    public static TufKey ecdsaP256(byte[] spki) {
        String pem = PublicKeyPem.pem(spki);
        String scheme = SignatureScheme.ECDSA_P256.scheme;
        return new TufKey(idOf(json(ECDSA, scheme, pem)), ECDSA, scheme, pem);
    }

    /** The ML-DSA-65 key of these 1,952 bytes. */
    public static TufKey mlDsa65(byte[] raw) {
        Names.require(raw.length == MlDsa65.PUBLIC_KEY_BYTES, "an ML-DSA-65 key has 1,952 bytes");
        String pem = PublicKeyPem.pem(MlDsa65.spki(raw));
        return new TufKey(idOf(json(MlDsa65.KEY_TYPE, MlDsa65.SCHEME, pem)), MlDsa65.KEY_TYPE, MlDsa65.SCHEME, pem);
    }

    /** Reads a key and computes its id over all its members, known or not. */
    public static TufKey parse(JsonObject key) throws MalformedJson {
        return parse(idOf(key.asMap()), key);
    }

    /**
     * Reads a key that is listed under {@code id}: the hash of the whole, or of what the specification names. Tools add
     * members to a key and keep its id, which harms nobody, since no id can so stand for two keys.
     *
     * @return a key with another id if the listed one is not its hash
     */
    static TufKey listed(String id, JsonObject key) throws MalformedJson {
        TufKey whole = parse(key);
        if (whole.keyId.equals(id)) {
            return whole;
        }
        for (List<String> members : HASHED) {
            Map<String, Object> hashed = new HashMap<>(key.asMap());
            hashed.keySet().retainAll(members);
            if (idOf(hashed).equals(id)) {
                return parse(id, key);
            }
        }
        return whole;
    }

    // A type that this client does not know may have another value than one public text.
    private static TufKey parse(String id, JsonObject key) throws MalformedJson {
        Object value = key.object("keyval").asMap().get("public");
        return new TufKey(id, key.string("keytype"), key.string("scheme"), value instanceof String text ? text : "");
    }

    /** The key as metadata lists it. */
    public Map<String, Object> json() {
        return json(keyType, scheme, publicValue);
    }

    /** Whether {@code signature} is this key's signature of {@code message}. */
    public boolean verifies(byte[] message, byte[] signature) {
        Optional<SignatureScheme> known = SignatureScheme.of(this);
        Optional<byte[]> key = bytes(known);
        return key.isPresent() && known.get().verify(key.get(), message, signature);
    }

    /** Whether this client can check what the key signs. */
    boolean known() {
        return SignatureScheme.of(this).isPresent();
    }

    /** Whether this client can check what the key signs, and the key is one of its type. */
    public boolean usable() {
        return bytes(SignatureScheme.of(this)).isPresent();
    }

    /** Whether a quantum computer is of no help to whoever would forge its signatures. */
    boolean postQuantum() {
        return MlDsa65.SCHEME.equals(scheme);
    }

    /** The same text for the same key, whatever its id and however it is written. */
    String identity() {
        Optional<byte[]> key = bytes(SignatureScheme.of(this));
        return scheme + " " + (key.isPresent() ? Hex.encode(key.get()) : publicValue);
    }

    // Without lambdas, as all that a launcher does before it may start anything: linking one takes milliseconds.
    private Optional<byte[]> bytes(Optional<SignatureScheme> known) {
        return known.isPresent() ? known.get().key(publicValue) : Optional.empty();
    }

    private static Map<String, Object> json(String keyType, String scheme, String publicValue) {
        return Map.of("keytype", keyType, "scheme", scheme, "keyval", Map.of("public", publicValue));
    }

    private static String idOf(Map<String, ?> key) {
        return Sha256.hex(CanonicalJson.bytes(key));
    }
}
