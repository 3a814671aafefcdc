package io.sekimori.notices;

import java.net.URI;

/**
 * Somebody who is told, as the records have it: {@code mail:ADDRESS}, {@code hook:URL} or {@code mqtt:TOPIC}.
 *
 * @param medium the first word
 * @param address the rest
 */
record Recipient(String medium, String address) {

    static final String MAIL = "mail";
    static final String HOOK = "hook";
    static final String MQTT = "mqtt";

    static Recipient of(String recorded) {
        String[] parts = recorded.split(":", 2);
        return new Recipient(parts[0], parts.length > 1 ? parts[1] : "");
    }

    /** For people and logs. Of a webhook without its path: who knows that can often post there as we do. */
    String shown() {
        if (!medium.equals(HOOK)) {
            return address;
        }
        URI uri = URI.create(address);
        return uri.getScheme() + "://" + uri.getAuthority() + "/…";
    }

    @Override
    public String toString() {
        return medium + ":" + shown();
    }
}
