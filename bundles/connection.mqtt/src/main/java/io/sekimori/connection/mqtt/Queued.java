package io.sekimori.connection.mqtt;

import io.sekimori.connection.Notification;
import io.sekimori.payload.KuraPayload;
import io.sekimori.payload.MalformedMessage;
import io.sekimori.payload.PayloadCodec;
import io.sekimori.payload.Topic;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * A notification as it lies on disk: four lines, the last three with requester, application and type, then the plain
 * payload. The gateway's id is not in it: it is sent under the one the gateway has then.
 */
record Queued(String requester, String application, String type, KuraPayload payload) {

    private static final String FORMAT = "sekimori-notification-1";
    private static final int LINES = 4;

    static Queued of(Notification notification, Instant now) {
        return new Queued(
                notification.requester(),
                notification.application(),
                notification.type(),
                KuraPayload.of(now, notification.metrics(), notification.body()));
    }

    byte[] bytes() {
        String head = String.join("\n", FORMAT, requester, application, type, "");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        out.writeBytes(PayloadCodec.plain(payload));
        return out.toByteArray();
    }

    static Queued parse(byte[] bytes) throws MalformedMessage {
        String[] lines = new String[LINES];
        int start = 0;
        for (int line = 0; line < LINES; line++) {
            int end = start;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            if (end == bytes.length) {
                throw new MalformedMessage("cut off");
            }
            lines[line] = new String(bytes, start, end - start, StandardCharsets.UTF_8);
            start = end + 1;
        }
        if (!lines[0].equals(FORMAT)) {
            throw new MalformedMessage("not a notification of this format");
        }
        return new Queued(
                lines[1], lines[2], lines[3], PayloadCodec.unpack(Arrays.copyOfRange(bytes, start, bytes.length)));
    }

    /** @throws MalformedMessage if a part cannot stand in a topic */
    Topic.Notification topic(String account, String gateway) throws MalformedMessage {
        try {
            return new Topic.Notification(account, requester, application, gateway, type);
        } catch (IllegalArgumentException e) {
            throw new MalformedMessage("not a topic", e);
        }
    }
}
