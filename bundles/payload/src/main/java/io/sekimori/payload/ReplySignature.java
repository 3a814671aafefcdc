package io.sekimori.payload;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The gateway's signature on a reply. Any gateway of an account may publish a reply to any requester, and the topic does
 * not name the sender; this is what says who answered which request with what.
 *
 * <p>Signed are these bytes, in UTF-8, each of the three lines ended by a line feed:
 *
 * <pre>
 * sekimori-reply-1 {gateway id}
 * {topic of the reply}
 * {SHA-256 of the plain payload without the metric "signature", 64 lower-case hex digits}
 * </pre>
 *
 * The topic has account, requester, application and request id; the payload has code, metrics and body. The plain
 * payload is that of {@link PayloadCodec#plain}: not gzipped, fields in the order of their numbers, metrics in the order
 * of their names by UTF-16 unit. The signature is ECDSA over SHA-256 with the device key, DER, in base64. Stateless.
 */
public final class ReplySignature {

    /** The metric with the signature. */
    public static final String METRIC = "signature";

    private static final String PREFIX = "sekimori-reply-1 ";
    private static final String ALGORITHM = "SHA256withECDSA";

    private ReplySignature() {}

    /**
     * What the gateway signs.
     *
     * @param payload a signature in it does not count
     */
    public static byte[] message(String gateway, Topic.Reply topic, KuraPayload payload) {
        byte[] plain = PayloadCodec.plain(with(payload, Optional.empty()));
        String text =
                PREFIX + gateway + "\n" + topic.text() + "\n" + HexFormat.of().formatHex(sha256(plain)) + "\n";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The payload with this signature. */
    public static KuraPayload signed(KuraPayload payload, byte[] signature) {
        return with(payload, Optional.of(Base64.getEncoder().encodeToString(signature)));
    }

    /** Whether the payload carries a signature by this device key over this reply. Never throws for a bad one. */
    public static boolean holds(PublicKey device, String gateway, Topic.Reply topic, KuraPayload payload) {
        Optional<String> claimed = payload.metric(METRIC, String.class);
        if (claimed.isEmpty()) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(device);
            signature.update(message(gateway, topic, payload));
            return signature.verify(Base64.getDecoder().decode(claimed.get()));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false; // not base64, not DER, or not of this kind of key
        }
    }

    private static KuraPayload with(KuraPayload payload, Optional<String> signature) {
        Map<String, Object> metrics = new HashMap<>(payload.metrics());
        metrics.remove(METRIC);
        signature.ifPresent(text -> metrics.put(METRIC, text));
        return new KuraPayload(payload.timestamp(), payload.position(), metrics, payload.body());
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
