package io.sekimori.notices;

import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;

/** The ways to tell somebody that are configured, by the first word of a recipient. Thread-safe. */
final class Media {

    private Media() {}

    static Map<String, Medium> of(Settings settings, Clock clock) throws IOException {
        SSLContext tls = Trust.of(settings.trust());
        Map<String, Medium> media = new TreeMap<>();
        if (!settings.mail().to().isEmpty()) {
            media.put("mail", new Mailer(settings.mail(), settings.language(), tls, clock));
        }
        settings.hooks()
                .secret()
                .filter(secret -> !settings.hooks().addresses().isEmpty())
                .ifPresent(secret -> media.put("hook", new Webhook(tls, secret, clock)));
        return media;
    }
}
