package io.sekimori.link;

import io.sekimori.fleet.Fleet;
import io.sekimori.fleet.FleetException;
import io.sekimori.fleet.Sign;
import io.sekimori.insight.Insight;
import io.sekimori.insight.InsightException;
import io.sekimori.insight.IntakeAnswer;
import io.sekimori.payload.BirthFact;
import io.sekimori.payload.KuraPayload;
import io.sekimori.payload.MalformedMessage;
import io.sekimori.payload.PayloadCodec;
import io.sekimori.payload.Topic;
import io.sekimori.rollouts.RolloutException;
import io.sekimori.rollouts.Rollouts;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Says what each message means. A report is acknowledged when the fleet has it on disk or does not believe it; everything
 * that cannot be read is dropped and counted. Thread-safe.
 */
final class Inbox implements Receiver {

    /** Sekimori's own application. */
    static final String APPLICATION = "SEKIMORI-V1";

    /** The application that brings statuses. */
    static final String STATUS = "STATUS-V1";

    private static final int MAX_PROGRESS = 200;

    private final LinkSettings settings;
    private final Lanes lanes;
    private final Post post;
    private final Strays strays;
    private final Supplier<@Nullable Fleet> fleet;
    private final Supplier<@Nullable Rollouts> rollouts;
    private final Supplier<@Nullable Insight> insight;

    Inbox(
            LinkSettings settings,
            Lanes lanes,
            Post post,
            Strays strays,
            Supplier<@Nullable Fleet> fleet,
            Supplier<@Nullable Rollouts> rollouts,
            Supplier<@Nullable Insight> insight) {
        this.settings = settings;
        this.lanes = lanes;
        this.post = post;
        this.strays = strays;
        this.fleet = fleet;
        this.rollouts = rollouts;
        this.insight = insight;
    }

    @Override
    public void received(String topic, byte[] message, Runnable done) {
        Topic parsed;
        try {
            parsed = Topic.parse(topic);
        } catch (MalformedMessage e) {
            strays.dropped("TOPIC_MALFORMED", topic, String.valueOf(e.getMessage()));
            done.run();
            return;
        }
        lanes.add(lane(parsed), () -> {
            boolean settled = take(parsed, message);
            if (settled) {
                done.run();
            }
            return settled;
        });
    }

    private static String lane(Topic topic) {
        if (topic instanceof Topic.Notification notification) {
            return notification.gateway();
        }
        return topic instanceof Topic.Lifecycle lifecycle ? lifecycle.gateway() : topic.text();
    }

    /** Whether the message is settled: on disk, answered, or refused for good. */
    private boolean take(Topic topic, byte[] message) {
        try {
            if (topic instanceof Topic.Reply reply) {
                return post.reply(reply, message);
            }
            if (topic instanceof Topic.Lifecycle lifecycle) {
                return lifecycle(lifecycle, message);
            }
            if (topic instanceof Topic.Notification news && isForUs(news)) {
                return notification(news, message);
            }
            strays.dropped("TOPIC_UNEXPECTED", topic.text(), "nothing is expected there");
            return true;
        } catch (MalformedMessage e) {
            strays.dropped("MESSAGE_MALFORMED", topic.text(), String.valueOf(e.getMessage()));
            return true;
        } catch (FleetException | RolloutException | InsightException e) {
            return false; // the records are away: the broker keeps the message until they are back
        } catch (RuntimeException e) {
            // What breaks its reader would break it again. Not acknowledged it would wait at the broker for ever, and
            // enough of them would fill the console's session there, which holds up every gateway.
            strays.dropped("MESSAGE_UNREADABLE", topic.text(), e.toString());
            return true;
        }
    }

    private boolean isForUs(Topic.Notification news) {
        return news.requester().equals(LinkSettings.EVERY_CONSOLE)
                || news.requester().equals(settings.clientId());
    }

    private boolean lifecycle(Topic.Lifecycle topic, byte[] message) throws MalformedMessage, FleetException {
        return switch (topic.stage()) {
            case BIRTH, APPS -> heard(topic.gateway(), new Sign.Born(facts(PayloadCodec.unpack(message))), topic);
            case DC, LWT -> heard(topic.gateway(), new Sign.Left(), topic);
        };
    }

    private boolean notification(Topic.Notification topic, byte[] message)
            throws MalformedMessage, FleetException, RolloutException, InsightException {
        KuraPayload payload = PayloadCodec.unpack(message);
        if (topic.application().equals(APPLICATION) && topic.type().equals("report")) {
            Fleet current = fleet.get();
            if (current == null) {
                return false;
            }
            current.report(topic.gateway(), payload.body());
        } else if (topic.application().equals(APPLICATION) && topic.type().equals("progress")) {
            Rollouts current = rollouts.get();
            if (current != null) { // progress that nobody shows is not worth keeping
                current.progress(topic.gateway(), progress(payload));
            }
        }
        if (topic.application().equals(STATUS) && topic.type().equals("status") && !status(topic, payload.body())) {
            return false;
        }
        return heard(topic.gateway(), new Sign.Spoke(), topic);
    }

    private boolean status(Topic.Notification topic, byte[] signed) throws InsightException {
        Insight current = insight.get();
        if (current == null) {
            return false;
        }
        if (current.take(topic.gateway(), signed) instanceof IntakeAnswer.Dropped dropped) {
            strays.dropped(dropped.code().name(), topic.text(), dropped.detail());
        }
        return true;
    }

    private boolean heard(String gateway, Sign sign, Topic topic) throws FleetException {
        Fleet current = fleet.get();
        if (current == null) {
            return false;
        }
        if (!gateway.startsWith("console-") && !current.heard(gateway, sign)) {
            strays.dropped("GATEWAY_UNKNOWN", topic.text(), "no gateway has this id");
        }
        return true;
    }

    private static Map<String, String> facts(KuraPayload birth) {
        Map<String, String> facts = new HashMap<>();
        BirthFact.of(birth).forEach((fact, value) -> facts.put(fact.metric(), value));
        return facts;
    }

    /** As far as it is told: {@code 40 % SWAPPING org.example.a}. */
    private static String progress(KuraPayload payload) {
        String percent = payload.metric("progress", Integer.class)
                .map(done -> done + " %")
                .orElse("");
        String text = (percent + " " + payload.metric("message", String.class).orElse("")).strip();
        return text.length() > MAX_PROGRESS ? text.substring(0, MAX_PROGRESS) : text;
    }
}
