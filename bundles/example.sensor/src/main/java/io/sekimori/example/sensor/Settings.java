package io.sekimori.example.sensor;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * How the sensor works: one immutable snapshot of the configuration {@value #PID}.
 *
 * @param seconds between two measurements
 * @param kept how many measurements are kept
 * @param limit the load from which on it is too much
 * @param publishing whether the console is told
 */
record Settings(int seconds, int kept, double limit, boolean publishing) {

    static final String PID = "io.sekimori.example.sensor";

    /** @throws IllegalArgumentException if a value is out of its range */
    static Settings of(Config config) {
        require("interval", config.interval_seconds() >= 1 && config.interval_seconds() <= 86_400);
        require("kept", config.kept() >= 1 && config.kept() <= 1_000);
        require("limit", config.load_limit() > 0 && config.load_limit() <= 10_000);
        return new Settings(config.interval_seconds(), config.kept(), config.load_limit(), config.publish());
    }

    private static void require(String name, boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is out of range");
        }
    }

    @ObjectClassDefinition(localization = "OSGI-INF/l10n/sensor", name = "%sensor", description = "%sensor.description")
    @interface Config {

        @AttributeDefinition(name = "%interval", description = "%interval.description", min = "1", max = "86400")
        int interval_seconds() default 60;

        @AttributeDefinition(name = "%kept", description = "%kept.description", min = "1", max = "1000")
        int kept() default 100;

        @AttributeDefinition(name = "%limit", description = "%limit.description", min = "0", max = "10000")
        double load_limit() default 16;

        @AttributeDefinition(name = "%publish", description = "%publish.description")
        boolean publish() default true;
    }
}
