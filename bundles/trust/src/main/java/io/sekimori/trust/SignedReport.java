package io.sekimori.trust;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * A {@link UnitReport} with the signature of the unit's device key over its canonical form, and that key. Pure.
 *
 * <p>What it cannot say is whether the report is old: compare {@link UnitReport#sequence} with the last one heard, or
 * {@link UnitReport#nonce} with the one that was sent.
 */
public final class SignedReport {

    /** The longest report. */
    public static final int MAX_BYTES = 1 << 20;

    private static final long FORMAT = 1;

    // The names of keys.api's algorithms, which are stable.
    private static final Map<String, String[]> ALGORITHMS = Map.of("EC_P256", new String[] {"EC", "SHA256withECDSA"});

    private SignedReport() {}

    /** Signs with a key that is used elsewhere. */
    @FunctionalInterface
    public interface DeviceKey<E extends Exception> {
        /** The signature of the message. */
        byte[] sign(byte[] message) throws E;
    }

    /**
     * The signed form, JSON in UTF-8.
     *
     * @param algorithm of the key, {@code EC_P256}
     * @param publicKey SubjectPublicKeyInfo, DER
     */
    public static <E extends Exception> byte[] sign(
            UnitReport report, String algorithm, byte[] publicKey, DeviceKey<E> key) throws E {
        Map<String, Object> members = UnitReportJson.members(report);
        Base64.Encoder base64 = Base64.getEncoder();
        return JsonText.bytes(new TreeMap<>(Map.of(
                "format", FORMAT,
                "report", members,
                "algorithm", algorithm,
                "publicKey", base64.encodeToString(publicKey),
                "signature", base64.encodeToString(key.sign(CanonicalJson.bytes(members))))));
    }

    /** Says whether a device signed something. */
    @FunctionalInterface
    public interface Verifier {
        /**
         * Whether the signature holds; false for whatever is malformed.
         *
         * @param algorithm of the key, as in {@link #sign}
         * @param publicKey SubjectPublicKeyInfo, DER, of the expected device
         */
        boolean holds(String algorithm, byte[] publicKey, byte[] message, byte[] signature);
    }

    /** As {@link #verified(byte[], String, Verifier)}, by the Java runtime. */
    public static UnitReport verified(byte[] bytes, String device) throws TrustException {
        return verified(bytes, device, SignedReport::verifies);
    }

    /**
     * Reads a report and verifies that this device signed it.
     *
     * @param device SHA-256 of the public key of the device that it should come from
     * @param verifier judges the signature, after all else has been
     * @throws TrustException {@link TrustCode#REPORT_MALFORMED}, {@link TrustCode#REPORT_OTHER_DEVICE} or
     *     {@link TrustCode#REPORT_SIGNATURE}
     */
    public static UnitReport verified(byte[] bytes, String device, Verifier verifier) throws TrustException {
        try {
            JsonObject json = JsonObject.parse(bytes, MAX_BYTES);
            UnitReport report = read(json);
            byte[] publicKey = Base64.getDecoder().decode(json.string("publicKey"));
            if (!report.device().equals(device) || !Sha256.hex(publicKey).equals(device)) {
                throw new TrustException(
                        TrustCode.REPORT_OTHER_DEVICE, "of device " + report.device() + ", expected is " + device);
            }
            byte[] signature = Base64.getDecoder().decode(json.string("signature"));
            byte[] message = CanonicalJson.bytes(json.object("report").asMap());
            if (!verifier.holds(json.string("algorithm"), publicKey, message, signature)) {
                throw new TrustException(TrustCode.REPORT_SIGNATURE, "device " + device + " did not sign it");
            }
            return report;
        } catch (MalformedJson | IllegalArgumentException e) {
            throw malformed(e);
        }
    }

    /** Reads a report and believes it: for those who get it from somebody who has verified it. */
    public static UnitReport unverified(byte[] bytes) throws TrustException {
        try {
            return read(JsonObject.parse(bytes, MAX_BYTES));
        } catch (MalformedJson e) {
            throw malformed(e);
        }
    }

    private static UnitReport read(JsonObject json) throws MalformedJson, TrustException {
        if (json.number("format") != FORMAT) {
            throw new MalformedJson("format is not " + FORMAT);
        }
        return UnitReportJson.read(json.object("report"));
    }

    static boolean verifies(String algorithm, byte[] publicKey, byte[] message, byte[] signature) {
        String[] names = ALGORITHMS.get(algorithm);
        if (names == null) {
            return false;
        }
        try {
            PublicKey key = KeyFactory.getInstance(names[0]).generatePublic(new X509EncodedKeySpec(publicKey));
            Signature verifier = Signature.getInstance(names[1]);
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false; // a key or a signature of a wrong form is no signature
        }
    }

    private static TrustException malformed(Exception e) {
        return new TrustException(TrustCode.REPORT_MALFORMED, "report: " + e.getMessage(), e);
    }
}
