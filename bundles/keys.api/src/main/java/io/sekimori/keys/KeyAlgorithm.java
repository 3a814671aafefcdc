package io.sekimori.keys;

/** What a key can do. Stable names: add, never rename. */
public enum KeyAlgorithm {
    /** Signatures on NIST P-256: ECDSA over SHA-256, DER-encoded. */
    EC_P256("EC", "SHA256withECDSA");

    private final String keyType;
    private final String signature;

    KeyAlgorithm(String keyType, String signature) {
        this.keyType = keyType;
        this.signature = signature;
    }

    /** The JCA name of the key type. */
    public String keyType() {
        return keyType;
    }

    /** The JCA name of the signature algorithm. */
    public String signature() {
        return signature;
    }
}
