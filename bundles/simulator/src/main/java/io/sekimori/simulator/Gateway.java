package io.sekimori.simulator;

import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import io.sekimori.payload.KuraPayload;
import io.sekimori.payload.MalformedMessage;
import io.sekimori.payload.PayloadCodec;
import io.sekimori.payload.ReplyMessage;
import io.sekimori.payload.ReplySignature;
import io.sekimori.payload.RequestMessage;
import io.sekimori.payload.Topic;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One simulated gateway after its enrolment: answers the console and takes its assignments. Thread-safe. */
final class Gateway {

    private static final int MAX_ASSIGNMENT = 512 << 10;
    private static final String ASSIGNMENT = "targets.json";

    private final Identity identity;
    private final Unit unit;
    private final Wire wire;
    private final ConsoleFiles console;
    private final Updating updating;
    private final Tally tally;
    private final Log log;

    Gateway(
            Identity identity,
            Unit unit,
            Faults.Behaviour behaviour,
            Options options,
            ScheduledExecutorService work,
            Tally tally,
            Log log)
            throws IOException, GeneralSecurityException {
        this.identity = identity;
        this.unit = unit;
        this.tally = tally;
        this.log = log;
        this.console =
                new ConsoleFiles(identity.place().console(), identity.tls().getSocketFactory());
        this.wire = new Wire(
                identity,
                unit,
                tally,
                log,
                work,
                message -> guarded(() -> receive(message)),
                () -> guarded(this::connected));
        this.updating = new Updating(unit, wire, console, behaviour, options.applySeconds(), work, tally, log);
    }

    /** Connects, and asks for an assignment in intervals. */
    void start(ScheduledExecutorService work, int pollSeconds, int firstPollSeconds) {
        long began = System.nanoTime();
        wire.connect().whenComplete((done, failure) -> {
            if (failure == null) {
                tally.took(Tally.Span.CONNECT, began);
            } else {
                log.say(identity.place().gatewayId() + ": " + failure);
            }
        });
        work.scheduleWithFixedDelay(() -> guarded(this::poll), firstPollSeconds, pollSeconds, TimeUnit.SECONDS);
    }

    void stop() {
        wire.disconnect();
    }

    /** The executor would be silent about what nobody thought of. */
    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            tally.count(Tally.Event.UPDATE_FAILED);
            log.say(identity.place().gatewayId() + ": " + e);
        }
    }

    private void connected() {
        wire.comeAlive().thenRun(() -> updating.report("")).exceptionally(failure -> {
            log.say(identity.place().gatewayId() + ": " + failure);
            return null;
        });
    }

    private void poll() {
        if (updating.isBusy()) {
            return;
        }
        long began = System.nanoTime();
        try {
            Optional<byte[]> assignment = console.metadata("director/" + ASSIGNMENT, MAX_ASSIGNMENT);
            tally.took(Tally.Span.POLL, began);
            tally.count(Tally.Event.POLLED);
            if (assignment.isPresent() && version(assignment.get()) > unit.assignment()) {
                updating.begin(assignment.get(), version(assignment.get()));
            }
        } catch (IOException | MalformedJson e) {
            tally.count(Tally.Event.POLL_FAILED);
            log.say(identity.place().gatewayId() + ": " + e);
        }
    }

    private void receive(Mqtt3Publish message) {
        try {
            Topic topic = Topic.parse(message.getTopic().toString());
            if (topic instanceof Topic.Request request && !request.application().equals("MQTT")) {
                RequestMessage asked = RequestMessage.of(PayloadCodec.unpack(message.getPayloadAsBytes()));
                answer(request, asked, reply(request, asked));
            }
        } catch (MalformedMessage | IOException e) {
            log.say(identity.place().gatewayId() + ": " + e);
        }
    }

    private ReplyMessage reply(Topic.Request request, RequestMessage asked) throws IOException {
        String what = request.application() + " " + request.method() + " " + String.join("/", request.resource());
        if (what.equals(Wire.APPLICATION + " GET report")) {
            Object nonce = asked.metrics().getOrDefault("nonce", "");
            return new ReplyMessage(200, Map.of(), unit.report(String.valueOf(nonce)));
        }
        if (!what.equals(Wire.APPLICATION + " PUT assignment")) {
            return refused(404, "RESOURCE_UNKNOWN", what);
        }
        try {
            long version = version(asked.body());
            if (updating.isBusy() || version <= unit.assignment()) {
                return refused(409, "ASSIGNMENT_NOT_NEWER", "version " + version);
            }
            updating.begin(asked.body(), version);
            return new ReplyMessage(200, Map.of(), new byte[0]);
        } catch (MalformedJson e) {
            return refused(400, "ASSIGNMENT_MALFORMED", String.valueOf(e.getMessage()));
        }
    }

    private static ReplyMessage refused(int status, String code, String detail) {
        return new ReplyMessage(status, Map.of(ReplyMessage.REASON, code, ReplyMessage.MESSAGE, detail), new byte[0]);
    }

    private void answer(Topic.Request request, RequestMessage asked, ReplyMessage reply) {
        Topic.Reply topic =
                new Topic.Reply(request.account(), asked.requester(), request.application(), asked.requestId());
        KuraPayload payload = reply.payload(Instant.now());
        byte[] signature = identity.sign(ReplySignature.message(identity.place().gatewayId(), topic, payload));
        tally.count(Tally.Event.ANSWERED);
        wire.publish(topic.text(), ReplySignature.signed(payload, signature));
    }

    private static long version(byte[] assignment) throws MalformedJson {
        return JsonObject.parse(assignment, MAX_ASSIGNMENT).object("signed").number("version");
    }
}
