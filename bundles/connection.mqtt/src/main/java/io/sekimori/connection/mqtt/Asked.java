package io.sekimori.connection.mqtt;

import io.sekimori.connection.Method;
import io.sekimori.connection.Request;
import io.sekimori.payload.RequestMessage;
import io.sekimori.payload.Topic;
import java.util.Optional;

/** A request that somebody can be answered for. */
record Asked(Topic.Request topic, RequestMessage message) {

    Topic.Reply replyTopic() {
        return new Topic.Reply(topic.account(), message.requester(), topic.application(), message.requestId());
    }

    /** As applications see it; empty if there is no such method, or no resource. */
    Optional<Request> request() {
        for (Method method : Method.values()) {
            if (method.name().equals(topic.method()) && !topic.resource().isEmpty()) {
                return Optional.of(new Request(
                        method,
                        topic.resource(),
                        message.metrics(),
                        message.body(),
                        message.requester(),
                        message.requestId()));
            }
        }
        return Optional.empty();
    }

    /** Application, method and resource, fit for the log. */
    @Override
    public String toString() {
        String text = topic.application() + "/" + topic.method() + "/" + String.join("/", topic.resource());
        return OutsideText.shown(text, 300);
    }
}
