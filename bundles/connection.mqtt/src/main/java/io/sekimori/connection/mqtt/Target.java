package io.sekimori.connection.mqtt;

import io.sekimori.identity.Enrolled;
import io.sekimori.identity.HttpProxy;
import io.sekimori.payload.Topic;
import io.sekimori.payload.Topic.Lifecycle.Stage;
import java.net.URI;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** To whom the gateway connects, as whom and how: one connection is made with one of these. */
record Target(Enrolled who, String model, String serial, SSLContext tls, Optional<HttpProxy> proxy, Settings settings) {

    URI broker() {
        return settings.broker().orElse(who.broker());
    }

    String lifecycle(Stage stage) {
        return new Topic.Lifecycle(who.account(), who.id(), stage).text();
    }

    String subscription() {
        return Topic.everythingFor(who.account(), who.id());
    }

    Session.Endpoint endpoint() {
        return new Session.Endpoint(
                broker(),
                who.id(),
                lifecycle(Stage.LWT),
                tls.getSocketFactory(),
                proxy,
                settings.keepAlive(),
                settings.timeout());
    }

    /** Whether a connection made for this one does for the other; a new certificate is a new {@link Enrolled}. */
    boolean servesFor(Target other) {
        return who.equals(other.who) && proxy.equals(other.proxy) && settings.connectsLike(other.settings);
    }
}
