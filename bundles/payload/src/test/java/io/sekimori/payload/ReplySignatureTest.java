package io.sekimori.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplySignatureTest {

    private static final String GATEWAY = "g-abcdefghijkl";
    private static final Topic.Reply TOPIC = new Topic.Reply("sekimori", "console-1", "DEPLOY-V2", "17");

    private final KeyPair device = keys();

    @Test
    void theSignedBytesAreThese() {
        // 08 00 is the timestamp; then the metric response.code, INT32, 200.
        KuraPayload payload = new ReplyMessage(200, Map.of(), new byte[0]).payload(Instant.EPOCH);

        assertThat(new String(ReplySignature.message(GATEWAY, TOPIC, payload), StandardCharsets.UTF_8))
                .isEqualTo("sekimori-reply-1 g-abcdefghijkl\n"
                        + "$EDC/sekimori/console-1/DEPLOY-V2/REPLY/17\n"
                        + "7c19f5918165f06d297786ad7a5f7ff4a2eb5928579c7c84f89cad4496ea3d97\n");
    }

    @Test
    void aSignatureHoldsForThisReplyOfThisDevice() throws MalformedMessage {
        KuraPayload received = PayloadCodec.unpack(PayloadCodec.pack(signed(200, "body")));

        assertThat(ReplySignature.holds(device.getPublic(), GATEWAY, TOPIC, received))
                .isTrue();
    }

    @Test
    void aSignatureHoldsForNothingElse() {
        KuraPayload reply = signed(200, "body");
        Topic.Reply otherRequest = new Topic.Reply("sekimori", "console-1", "DEPLOY-V2", "18");

        assertThat(ReplySignature.holds(keys().getPublic(), GATEWAY, TOPIC, reply))
                .isFalse();
        assertThat(ReplySignature.holds(device.getPublic(), "g-other", TOPIC, reply))
                .isFalse();
        assertThat(ReplySignature.holds(device.getPublic(), GATEWAY, otherRequest, reply))
                .isFalse();
        assertThat(holds(signatureOf(reply, signed(500, "body")))).isFalse();
        assertThat(holds(signatureOf(reply, signed(200, "BODY")))).isFalse();
        assertThat(holds(with(reply, "added", 1))).isFalse();
        assertThat(holds(with(reply, "signature", "not base64"))).isFalse();
        assertThat(holds(with(reply, "signature", "AAAA"))).isFalse();
        assertThat(holds(with(reply, "signature", 5))).isFalse();
        assertThat(holds(unsigned(200, "body"))).isFalse();
    }

    private boolean holds(KuraPayload payload) {
        return ReplySignature.holds(device.getPublic(), GATEWAY, TOPIC, payload);
    }

    private KuraPayload signed(int code, String body) {
        KuraPayload payload = unsigned(code, body);
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(device.getPrivate());
            signature.update(ReplySignature.message(GATEWAY, TOPIC, payload));
            return ReplySignature.signed(payload, signature.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static KuraPayload unsigned(int code, String body) {
        return new ReplyMessage(code, Map.of("size", 5L), body.getBytes(StandardCharsets.UTF_8)).payload(Instant.EPOCH);
    }

    private static KuraPayload signatureOf(KuraPayload signed, KuraPayload onto) {
        return with(onto, "signature", signed.metrics().get("signature"));
    }

    private static KuraPayload with(KuraPayload payload, String name, Object value) {
        Map<String, Object> metrics = new HashMap<>(payload.metrics());
        metrics.put(name, value);
        return new KuraPayload(payload.timestamp(), Optional.empty(), metrics, payload.body());
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
