package io.sekimori.payload;

import io.sekimori.payload.Topic.Lifecycle;
import io.sekimori.payload.Topic.Lifecycle.Stage;
import io.sekimori.payload.Topic.Notification;
import io.sekimori.payload.Topic.Reply;
import io.sekimori.payload.Topic.Request;
import io.sekimori.payload.Topic.Telemetry;
import java.util.List;

/** Reads topics from outside. Stateless. */
final class TopicParser {

    private static final int MAX_CHARACTERS = 4_096;

    private TopicParser() {}

    static Topic parse(String topic) throws MalformedMessage {
        if (topic.length() > MAX_CHARACTERS) {
            throw new MalformedMessage("a topic of more than " + MAX_CHARACTERS + " characters");
        }
        List<String> levels = List.of(topic.split("/", -1));
        if (levels.size() > Topic.MAX_LEVELS || !levels.stream().allMatch(Levels::isLevel)) {
            throw new MalformedMessage("a topic with too many, malformed or empty levels");
        }
        return levels.get(0).equals(Topic.CONTROL) ? control(levels) : telemetry(levels);
    }

    private static Topic control(List<String> levels) throws MalformedMessage {
        if (levels.size() < 5) {
            throw new MalformedMessage("a control topic of fewer than five levels");
        }
        String account = levels.get(1);
        String client = levels.get(2);
        String application = levels.get(3);
        String verb = levels.get(4);
        List<String> rest = levels.subList(5, levels.size());
        if (application.equals("MQTT")) {
            return new Lifecycle(account, client, stage(verb, rest));
        }
        if (verb.equals("REPLY") && rest.size() == 1) {
            return new Reply(account, client, application, rest.get(0));
        }
        if (verb.equals("NOTIFY") && rest.size() == 2) {
            return new Notification(account, client, application, rest.get(0), rest.get(1));
        }
        return new Request(account, client, application, verb, rest);
    }

    private static Stage stage(String verb, List<String> rest) throws MalformedMessage {
        for (Stage stage : Stage.values()) {
            if (stage.name().equals(verb) && rest.isEmpty()) {
                return stage;
            }
        }
        throw new MalformedMessage("no stage of a gateway's life");
    }

    private static Topic telemetry(List<String> levels) throws MalformedMessage {
        if (levels.size() < 3) {
            throw new MalformedMessage("a telemetry topic of fewer than three levels");
        }
        return new Telemetry(levels.get(0), levels.get(1), levels.get(2), levels.subList(3, levels.size()));
    }
}
