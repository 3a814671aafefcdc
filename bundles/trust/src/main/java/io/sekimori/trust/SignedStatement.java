package io.sekimori.trust;

import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * Something a unit says of itself, of a type that is part of what is signed, with the signature of its device key over the
 * canonical form, and that key. Beside {@link SignedReport}, whose facts assignments are made of, for what only people and
 * consoles read. Pure.
 *
 * <p>What it cannot say is whether the statement is old: compare its sequence.
 */
public final class SignedStatement {

    /** The longest statement. */
    public static final int MAX_BYTES = 512 << 10;

    private static final long FORMAT = 1;
    private static final String TYPE = "type";
    private static final String DEVICE = "device";

    private SignedStatement() {}

    /**
     * The signed form, JSON in UTF-8.
     *
     * @param type what kind of statement it is, such as {@code sekimori-status-1}
     * @param members of String, Long, Boolean, and Map and List of these; {@code type} and {@code device} are added
     * @param algorithm of the key, {@code EC_P256}
     * @param publicKey SubjectPublicKeyInfo, DER
     */
    public static <E extends Exception> byte[] sign(
            String type, Map<String, ?> members, String algorithm, byte[] publicKey, SignedReport.DeviceKey<E> key)
            throws E {
        Map<String, Object> statement = new TreeMap<>(members);
        statement.put(TYPE, type);
        statement.put(DEVICE, Sha256.hex(publicKey));
        Base64.Encoder base64 = Base64.getEncoder();
        return JsonText.bytes(new TreeMap<>(Map.of(
                "format", FORMAT,
                "statement", statement,
                "algorithm", algorithm,
                "publicKey", base64.encodeToString(publicKey),
                "signature", base64.encodeToString(key.sign(CanonicalJson.bytes(statement))))));
    }

    /**
     * Reads a statement and verifies that this device signed it.
     *
     * @param type the kind that is expected
     * @param device SHA-256 of the public key of the device that it should come from
     * @return the statement, without its envelope
     * @throws TrustException {@link TrustCode#REPORT_MALFORMED}, {@link TrustCode#REPORT_OTHER_DEVICE} or
     *     {@link TrustCode#REPORT_SIGNATURE}
     */
    public static JsonObject verified(String type, byte[] bytes, String device) throws TrustException {
        try {
            JsonObject json = JsonObject.parse(bytes, MAX_BYTES);
            JsonObject statement = json.object("statement");
            if (json.number("format") != FORMAT || !statement.string(TYPE).equals(type)) {
                throw new MalformedJson("not a statement of the type " + type);
            }
            byte[] publicKey = Base64.getDecoder().decode(json.string("publicKey"));
            if (!statement.string(DEVICE).equals(device)
                    || !Sha256.hex(publicKey).equals(device)) {
                throw new TrustException(TrustCode.REPORT_OTHER_DEVICE, "it is not of device " + device);
            }
            byte[] signature = Base64.getDecoder().decode(json.string("signature"));
            if (!SignedReport.verifies(
                    json.string("algorithm"), publicKey, CanonicalJson.bytes(statement.asMap()), signature)) {
                throw new TrustException(TrustCode.REPORT_SIGNATURE, "device " + device + " did not sign it");
            }
            return statement;
        } catch (MalformedJson | IllegalArgumentException e) {
            throw new TrustException(TrustCode.REPORT_MALFORMED, "statement: " + e.getMessage(), e);
        }
    }
}
