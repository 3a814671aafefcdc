package io.sekimori.link;

import io.sekimori.fleet.Courier.Body;
import io.sekimori.fleet.Courier.Delivery;
import io.sekimori.fleet.Courier.Delivery.Answered;
import io.sekimori.fleet.Courier.Delivery.Unanswered;
import io.sekimori.fleet.Courier.Delivery.Unproved;
import io.sekimori.fleet.Courier.Parcel;
import io.sekimori.fleet.Fleet;
import io.sekimori.fleet.FleetCode;
import io.sekimori.fleet.FleetException;
import io.sekimori.payload.KuraPayload;
import io.sekimori.payload.MalformedMessage;
import io.sekimori.payload.PayloadCodec;
import io.sekimori.payload.ReplyMessage;
import io.sekimori.payload.ReplySignature;
import io.sekimori.payload.RequestMessage;
import io.sekimori.payload.Topic;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Requests on their way. A reply counts when its request is one of these and the device's signature over it holds. A
 * reply without does not end the wait, so that nobody who guesses ids can suppress the true one. Thread-safe.
 */
final class Post {

    /** The most requests on their way. */
    static final int MOST = 10_000;

    private static final int ID_BYTES = 16;
    private static final String KURA = "application_framework";

    private final LinkSettings settings;
    private final Wire wire;
    private final Supplier<@Nullable Fleet> fleet;
    private final Strays strays;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();

    private static final class Waiting {
        final Parcel parcel;
        final boolean heeded;
        final CompletableFuture<Delivery> answer = new CompletableFuture<>();
        volatile boolean doubtful;

        Waiting(Parcel parcel, boolean heeded) {
            this.parcel = parcel;
            this.heeded = heeded;
        }
    }

    Post(LinkSettings settings, Wire wire, Supplier<@Nullable Fleet> fleet, Strays strays, Clock clock) {
        this.settings = settings;
        this.wire = wire;
        this.fleet = fleet;
        this.strays = strays;
        this.clock = clock;
    }

    CompletionStage<Delivery> send(Parcel parcel) {
        return send(parcel, true);
    }

    /** Sends it; whatever comes back is nothing. */
    void tell(Parcel parcel) {
        send(parcel, false);
    }

    private CompletionStage<Delivery> send(Parcel parcel, boolean heeded) {
        if (!wire.connected()) {
            return failed(FleetCode.LINK_DOWN, "no session at the broker");
        }
        if (waiting.size() >= MOST) {
            return failed(FleetCode.COURIER_BUSY, MOST + " requests are on their way");
        }
        String id = newId();
        String topic = new Topic.Request(
                        settings.account(), parcel.gateway(), parcel.application(), parcel.method(), parcel.resource())
                .text();
        KuraPayload payload = new RequestMessage(
                        id, settings.clientId(), parcel.metrics(), parcel.body().bytes())
                .payload(clock.instant());
        Waiting entry = new Waiting(parcel, heeded);
        waiting.put(id, entry);
        entry.answer
                .completeOnTimeout(null, parcel.patience().toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((answer, failure) -> waiting.remove(id));
        if (!wire.publish(topic, PayloadCodec.pack(payload))) {
            entry.answer.complete(new Unanswered(FleetCode.LINK_DOWN, "the broker did not take the request"));
        }
        return entry.answer.thenApply(answer -> answer == null ? late(entry) : answer);
    }

    /** Takes a reply; false if whether it is proved could not be found out now. */
    boolean reply(Topic.Reply topic, byte[] message) {
        Waiting entry = waiting.get(topic.requestId());
        if (entry == null || !entry.parcel.application().equals(topic.application())) {
            strays.dropped("REPLY_UNASKED", topic.text(), "nobody waits for it");
            return true;
        }
        if (!entry.heeded) {
            entry.answer.complete(new Unanswered(FleetCode.NO_ANSWER, "nobody asked for one"));
            return true;
        }
        try {
            KuraPayload payload = PayloadCodec.unpack(message);
            ReplyMessage said = ReplyMessage.of(payload);
            Body body = new Body(said.body());
            if (proved(entry.parcel.gateway(), topic, payload)) {
                entry.answer.complete(new Answered(said.code(), said.metrics(), body));
            } else if (readsKura(entry.parcel)) {
                entry.answer.complete(new Unproved(said.code(), said.metrics(), body));
            } else {
                entry.doubtful = true;
                strays.dropped(FleetCode.ANSWER_UNPROVED.name(), topic.text(), entry.parcel.gateway());
            }
        } catch (MalformedMessage e) {
            strays.dropped("MESSAGE_MALFORMED", topic.text(), String.valueOf(e.getMessage()));
        } catch (FleetException e) {
            return false;
        }
        return true;
    }

    /** How many requests may still be answered. */
    int onTheirWay() {
        return waiting.size();
    }

    void giveUp() {
        waiting.values().forEach(entry -> entry.answer.complete(new Unanswered(FleetCode.LINK_DOWN, "the link ends")));
    }

    private boolean proved(String gateway, Topic.Reply topic, KuraPayload payload) throws FleetException {
        Fleet current = fleet.get();
        if (current == null) {
            return false;
        }
        Optional<PublicKey> key = current.publicKey(gateway);
        return key.isPresent() && ReplySignature.holds(key.get(), gateway, topic, payload);
    }

    /** Kura signs nothing; it may be read, and what it says is passed on as what it is. */
    private boolean readsKura(Parcel parcel) throws FleetException {
        Fleet current = fleet.get();
        return parcel.method().equals("GET")
                && current != null
                && current.get(parcel.gateway())
                        .filter(gateway -> gateway.report().isEmpty())
                        .map(gateway -> gateway.contact().birth().getOrDefault(KURA, ""))
                        .filter("Kura"::equals)
                        .isPresent();
    }

    private static Delivery late(Waiting entry) {
        return entry.doubtful
                ? new Unanswered(FleetCode.ANSWER_UNPROVED, "only answers without the gateway's signature came")
                : new Unanswered(
                        FleetCode.NO_ANSWER,
                        "nothing within " + entry.parcel.patience().toSeconds() + " s");
    }

    private static CompletionStage<Delivery> failed(FleetCode code, String detail) {
        return CompletableFuture.completedFuture(new Unanswered(code, detail));
    }

    private String newId() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
