package io.sekimori.notices;

import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;

/** The ways to tell somebody that are configured, by the first word of a recipient. Stateless. */
final class Media {

    private Media() {}

    /** Nothing is connected, and Java's list of who vouches not read, before somebody is told. */
    static Map<String, Medium> of(Settings settings, Clock clock) throws IOException {
        Trust trust = Trust.of(settings.trust());
        Map<String, Medium> media = new TreeMap<>();
        if (!settings.mail().to().isEmpty()) {
            media.put(Recipient.MAIL, new Mailer(settings.mail(), settings.language(), trust, clock));
        }
        settings.hooks()
                .secret()
                .filter(secret -> !settings.hooks().addresses().isEmpty())
                .ifPresent(secret -> media.put(Recipient.HOOK, new Webhook(trust, secret, clock)));
        if (!settings.topics().names().isEmpty()) {
            media.put(Recipient.MQTT, new Announcer(settings.topics(), trust));
        }
        return media;
    }
}
