package io.sekimori.notices;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where notices are published by MQTT.
 *
 * @param broker {@code ssl://host:port}, never without TLS; none where there are no topics
 * @param user who signs in; empty if nobody does
 * @param password of {@code user}
 */
record Topics(Optional<URI> broker, String user, Optional<Path> password, List<String> names) {

    private static final int MOST_BYTES = 250;
    // What gateways and consoles say to each other: nobody is to hear us there, or to take us for a gateway.
    private static final Pattern OURS = Pattern.compile("(?:^|.*/)(?:g-[a-z2-7]{12}|console(?:-[^/]*)?)(?:/.*|$)");

    Topics {
        names = List.copyOf(names);
        require(names.isEmpty() || broker.isPresent(), "mqtt.topics need mqtt.broker");
        broker.ifPresent(address -> require(
                "ssl".equals(address.getScheme())
                        && address.getHost() != null
                        && address.getUserInfo() == null
                        && address.getPath().isEmpty()
                        && address.getQuery() == null
                        && address.getFragment() == null,
                "mqtt.broker is ssl://host:port"));
        require(user.isEmpty() == password.isEmpty(), "mqtt.user needs mqtt.password.file");
        names.forEach(each -> require(isOne(each), "not a topic for notices: " + each));
    }

    /** None. */
    static Topics none() {
        return new Topics(Optional.empty(), "", Optional.empty(), List.of());
    }

    /** A topic that can be published to (MQTT 3.1.1, 4.7), of the broker's own ones none, and none that gateways use. */
    private static boolean isOne(String topic) {
        return !topic.isEmpty()
                && topic.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES
                && topic.codePoints().noneMatch(c -> c == '+' || c == '#' || Character.isISOControl(c) || unfit(c))
                && !topic.startsWith("$")
                && !OURS.matcher(topic).matches();
    }

    private static boolean unfit(int character) {
        int type = Character.getType(character);
        return type == Character.SURROGATE || type == Character.UNASSIGNED || type == Character.FORMAT;
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
