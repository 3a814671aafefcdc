package io.sekimori.payload;

import java.util.List;

/**
 * Where a message goes: every kind of topic that Kura's protocol knows. The text is made by {@link #text()} and read by
 * {@link #parse}; no level of it is ever empty, a wildcard, or longer than {@value #MAX_LEVEL} characters.
 */
public sealed interface Topic {

    /** What begins the topics that are not telemetry. */
    String CONTROL = "$EDC";

    /** The most characters of one level. */
    int MAX_LEVEL = 255;

    /** The most levels of one topic. */
    int MAX_LEVELS = 32;

    /** The text of the topic. */
    String text();

    /**
     * A request to a gateway: {@code $EDC/account/gateway/application/METHOD/resource...}.
     *
     * @param method as it was sent, known or not
     * @param resource may be empty, which its receiver refuses
     */
    record Request(String account, String gateway, String application, String method, List<String> resource)
            implements Topic {

        /** @throws IllegalArgumentException if a level is malformed */
        public Request {
            resource = List.copyOf(resource);
            Levels.check(account, gateway, application, method);
            Levels.check(resource.toArray(String[]::new));
        }

        @Override
        public String text() {
            return Levels.join(Levels.join(CONTROL, account, gateway, application, method), resource);
        }
    }

    /** A reply: {@code $EDC/account/requester/application/REPLY/request id}. It does not name its sender. */
    record Reply(String account, String requester, String application, String requestId) implements Topic {

        /** @throws IllegalArgumentException if a level is malformed */
        public Reply {
            Levels.check(account, requester, application, requestId);
        }

        @Override
        public String text() {
            return Levels.join(CONTROL, account, requester, application, "REPLY", requestId);
        }
    }

    /** News of a gateway: {@code $EDC/account/requester/application/NOTIFY/gateway/type}. */
    record Notification(String account, String requester, String application, String gateway, String type)
            implements Topic {

        /** @throws IllegalArgumentException if a level is malformed */
        public Notification {
            Levels.check(account, requester, application, gateway, type);
        }

        @Override
        public String text() {
            return Levels.join(CONTROL, account, requester, application, "NOTIFY", gateway, type);
        }
    }

    /** Coming and going of a gateway: {@code $EDC/account/gateway/MQTT/BIRTH} and the others. */
    record Lifecycle(String account, String gateway, Stage stage) implements Topic {

        /** @throws IllegalArgumentException if a level is malformed */
        public Lifecycle {
            Levels.check(account, gateway);
        }

        /** What happened. The names stand in topics. */
        public enum Stage {
            /** Connected. */
            BIRTH,
            /** Connected still, with other applications than before. */
            APPS,
            /** About to disconnect. */
            DC,
            /** Gone without a word; published by the broker. */
            LWT
        }

        @Override
        public String text() {
            return Levels.join(CONTROL, account, gateway, "MQTT", stage.name());
        }
    }

    /** What an application measures: {@code account/gateway/application/...}. */
    record Telemetry(String account, String gateway, String application, List<String> levels) implements Topic {

        /** @throws IllegalArgumentException if a level is malformed */
        public Telemetry {
            levels = List.copyOf(levels);
            Levels.check(account, gateway, application);
            Levels.check(levels.toArray(String[]::new));
        }

        @Override
        public String text() {
            return Levels.join(Levels.join(account, gateway, application), levels);
        }
    }

    /** The filter of everything addressed to one client: a gateway's requests, or a console's replies and news. */
    static String everythingFor(String account, String client) {
        Levels.check(account, client);
        return Levels.join(CONTROL, account, client, "#");
    }

    /**
     * Reads a topic.
     *
     * @throws MalformedMessage if it is none of these
     */
    static Topic parse(String topic) throws MalformedMessage {
        return TopicParser.parse(topic);
    }
}
