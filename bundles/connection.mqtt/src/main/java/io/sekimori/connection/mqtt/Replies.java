package io.sekimori.connection.mqtt;

import io.sekimori.connection.ConnectionCode;
import io.sekimori.connection.Reply;
import io.sekimori.keys.KeyException;
import io.sekimori.keys.Keys;
import io.sekimori.payload.KuraPayload;
import io.sekimori.payload.PayloadCodec;
import io.sekimori.payload.ReplyMessage;
import io.sekimori.payload.ReplySignature;
import io.sekimori.payload.Topic;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.osgi.service.log.Logger;

/** Signs replies with the device key and sends them. Thread-safe. */
final class Replies {

    private final Supplier<Optional<Keys>> keys;
    private final Wire wire;
    private final Clock clock;
    private final Logger log;

    Replies(Supplier<Optional<Keys>> keys, Wire wire, Clock clock, Logger log) {
        this.keys = keys;
        this.wire = wire;
        this.clock = clock;
        this.log = log;
    }

    /** Answers a request. What cannot be sent as it is becomes a refusal that says so. */
    void send(Asked asked, Reply reply) {
        Topic.Reply topic = asked.replyTopic();
        byte[] message;
        try {
            message = PayloadCodec.pack(signed(asked, topic, reply));
        } catch (IllegalArgumentException e) {
            log.error("The reply of {} does not fit the wire", asked, e);
            message = failure(asked, topic, ConnectionCode.APPLICATION_FAILED);
        }
        if (message.length > PayloadCodec.MAX_SENT) {
            message = failure(asked, topic, ConnectionCode.REPLY_TOO_LARGE);
        }
        if (!wire.publish(topic.text(), message)) {
            log.info("There is no connection for the reply to {}", asked);
        }
    }

    private KuraPayload signed(Asked asked, Topic.Reply topic, Reply reply) {
        KuraPayload payload = payload(reply);
        try {
            Optional<Keys> current = keys.get();
            if (current.isPresent()) {
                byte[] message = ReplySignature.message(asked.topic().gateway(), topic, payload);
                return ReplySignature.signed(payload, current.get().sign(Keys.DEVICE, message));
            }
            log.error("No keys are installed: the reply to {} is not signed", asked);
        } catch (KeyException e) {
            log.error("The reply to {} could not be signed", asked, e);
        }
        // Whoever checks signatures gets nothing out of this one, and others learn nothing that nobody vouches for.
        return payload(Reply.refused(503, ConnectionCode.REPLY_UNSIGNED.name(), "the gateway could not sign"));
    }

    private byte[] failure(Asked asked, Topic.Reply topic, ConnectionCode code) {
        return PayloadCodec.pack(signed(asked, topic, Reply.refused(500, code.name(), "the answer could not be sent")));
    }

    private KuraPayload payload(Reply reply) {
        return new ReplyMessage(reply.code(), reply.metrics(), reply.body()).payload(clock.instant());
    }
}
