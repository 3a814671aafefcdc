package io.sekimori.status.signed;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * How often the status is looked at and reported: one immutable snapshot of the configuration {@value #PID}.
 *
 * @param look how often it is asked whether something has changed; a change is reported then
 * @param report how often it is reported, about, if nothing has
 */
record Settings(Duration look, Duration report) {

    static final String PID = "io.sekimori.status.signed";

    Settings {
        if (look.toSeconds() < 5 || look.toSeconds() > 3600 || report.toMinutes() < 1 || report.toMinutes() > 1440) {
            throw new IllegalArgumentException("look or report is out of range");
        }
    }

    static Settings of(Config config) {
        return new Settings(Duration.ofSeconds(config.look_seconds()), Duration.ofMinutes(config.report_minutes()));
    }

    /** Until the next report: 80 to 120 percent, so that a fleet that started together does not report together. */
    Duration nextReport() {
        return report.multipliedBy(ThreadLocalRandom.current().nextLong(80, 121))
                .dividedBy(100);
    }

    @ObjectClassDefinition(localization = "OSGI-INF/l10n/status", name = "%name", description = "%description")
    @interface Config {

        @AttributeDefinition(name = "%look.name", description = "%look.description", min = "5", max = "3600")
        int look_seconds() default 60;

        @AttributeDefinition(name = "%report.name", description = "%report.description", min = "1", max = "1440")
        int report_minutes() default 15;
    }
}
