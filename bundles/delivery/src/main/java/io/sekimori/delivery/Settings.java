package io.sekimori.delivery;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * How this gateway hears of assignments: one immutable snapshot of the configuration {@value #PID}.
 *
 * @param enabled whether it takes updates from its console at all
 * @param poll how often it asks, about
 * @param tries how often an assignment that fails is tried before a newer one is awaited
 */
record Settings(boolean enabled, Duration poll, int tries) {

    static final String PID = "io.sekimori.delivery";

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(6);

    Settings {
        if (poll.toSeconds() < 1 || poll.toSeconds() > 86_400 || tries < 1 || tries > 100) {
            throw new IllegalArgumentException("poll or tries are out of range");
        }
    }

    static Settings of(Config config) {
        return new Settings(config.enabled(), Duration.ofSeconds(config.poll_seconds()), config.tries());
    }

    /** Until the next question: 80 to 120 percent, so that a fleet that started together does not ask together. */
    Duration nextPoll() {
        return poll.multipliedBy(ThreadLocalRandom.current().nextLong(80, 121)).dividedBy(100);
    }

    /** How long an assignment that failed so many times is left alone. */
    Duration pauseAfter(int failures) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << (2 * Math.min(failures - 1, 10)));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    @ObjectClassDefinition(
            name = "Sekimori delivery",
            description = "How this gateway hears of what its console assigned")
    @interface Config {

        @AttributeDefinition(name = "Enabled", description = "Whether updates are taken from the console")
        boolean enabled() default true;

        @AttributeDefinition(
                name = "Poll",
                description = "Seconds between two questions to the console, 1 to 86400",
                min = "1",
                max = "86400")
        int poll_seconds() default 300;

        @AttributeDefinition(
                name = "Tries",
                description = "How often an assignment that failed is tried, 1 to 100",
                min = "1",
                max = "100")
        int tries() default 3;
    }
}
