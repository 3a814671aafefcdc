package io.sekimori.link;

import io.sekimori.audit.AuditLog;
import io.sekimori.fleet.Courier.Delivery;
import io.sekimori.fleet.Fleet;
import io.sekimori.fleet.FleetCode;
import io.sekimori.insight.Insight;
import io.sekimori.rollouts.Rollouts;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.log.Logger;

/** The parts of one connection, made and ended together. */
record Connection(LinkSettings settings, BrokerSession session, Post post, Lanes lanes, Strays strays)
        implements AutoCloseable {

    /** So many messages are in hand at once: what they write shares transactions where writers take turns. */
    static final int LANES = 16;

    private static final int ROOM = 64;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    static Connection open(
            LinkSettings settings,
            BrokerSession.Tls tls,
            Supplier<@Nullable Fleet> fleet,
            Supplier<@Nullable Rollouts> rollouts,
            Supplier<@Nullable Insight> insight,
            Supplier<@Nullable AuditLog> audit,
            Logger log) {
        Clock clock = Clock.systemUTC();
        Strays strays = new Strays(audit, clock, log);
        Lanes lanes = new Lanes(LANES, ROOM, PAUSE, log);
        LateWire wire = new LateWire();
        Post post = new Post(settings, wire, fleet, strays, clock);
        BrokerSession session = new BrokerSession(
                settings, tls, new Inbox(settings, lanes, post, strays, fleet, rollouts, insight), log);
        wire.session = session;
        session.open();
        return new Connection(settings, session, post, lanes, strays);
    }

    static CompletionStage<Delivery> none() {
        return CompletableFuture.completedFuture(new Delivery.Unanswered(FleetCode.LINK_DOWN, "the link is not open"));
    }

    String facts() {
        return "connected as " + settings.clientId() + ", " + lanes.waiting() + " messages wait, " + strays.count()
                + " were dropped";
    }

    @Override
    public void close() {
        // Lanes first: what they did not get to stays unacknowledged, so the next one hears it from the broker.
        lanes.close();
        session.close();
        post.giveUp();
    }

    /** The session hears through the post, which speaks through the session. */
    private static final class LateWire implements Wire {

        volatile @Nullable BrokerSession session;

        @Override
        public boolean connected() {
            BrokerSession current = session;
            return current != null && current.connected();
        }

        @Override
        public boolean publish(String topic, byte[] message) {
            BrokerSession current = session;
            return current != null && current.publish(topic, message);
        }
    }
}
