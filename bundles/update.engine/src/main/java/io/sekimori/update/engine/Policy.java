package io.sekimori.update.engine;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * How this gateway updates: one immutable snapshot of the configuration {@value #PID}.
 *
 * @param probation how long the next generation is watched before it is confirmed
 * @param deadline how long one step may take before the launcher ends the process
 * @param settle how long a changed bundle may take until its components are satisfied and its checks are well
 * @param errors how many errors changed bundles may report while on probation
 * @param settled how long a confirmed generation must have run until its fallback is given up; zero for never
 * @param download how sources are read
 * @param packLife how long after it was signed an assignment is taken from a medium
 * @param consent who may update, and when
 * @param tries how often a generation that takes a new process may start before the gateway goes back
 */
record Policy(
        boolean enabled,
        Duration probation,
        Duration deadline,
        Duration settle,
        int errors,
        int tries,
        Duration settled,
        DownloadLimits download,
        Duration packLife,
        Consent.Rules consent) {

    static final String PID = "io.sekimori.update.engine";

    private static final int DAY_SECONDS = 86_400;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    Policy {
        require("probation", probation, 0, DAY_SECONDS);
        require("deadline", deadline, 1, 3_600);
        require("settle", settle, 0, 600);
        require("settled", settled, 0, 365L * DAY_SECONDS);
        require("pack.days", packLife, DAY_SECONDS, 90L * DAY_SECONDS);
        require("defer.hours", consent.mostDeferred(), 0, 30L * DAY_SECONDS);
        if (errors < 0 || tries < 1 || tries > 10) {
            throw new IllegalArgumentException("error limit or tries are out of range");
        }
    }

    static Policy of(Config config) {
        return of(
                config,
                new Consent.Rules(
                        Set.copyOf(List.of(config.update_by())),
                        Set.copyOf(List.of(config.rollback_by())),
                        config.download_automatic(),
                        config.install_automatic(),
                        Windows.of(List.of(config.windows()), config.time_zone()),
                        Duration.ofHours(config.defer_hours())));
    }

    /** As configured but for who may update and when, which cannot be read: only people on site may. */
    static Policy byHand(Config config) {
        return of(config, Consent.Rules.BY_HAND);
    }

    private static Policy of(Config config, Consent.Rules consent) {
        Duration deadline = Duration.ofSeconds(config.deadline_seconds());
        Duration settle = Duration.ofSeconds(config.settle_seconds());
        // A bundle that settles slowly must be refused by the engine before the launcher ends the process.
        Duration half = deadline.dividedBy(2);
        return new Policy(
                config.enabled(),
                Duration.ofSeconds(config.probation_seconds()),
                deadline,
                settle.compareTo(half) < 0 ? settle : half,
                config.error_limit(),
                config.tries(),
                Duration.ofDays(config.settled_days()),
                new DownloadLimits(
                        config.download_bytes_per_second(),
                        config.download_least_bytes_per_second(),
                        Duration.ofSeconds(config.download_stall_seconds()),
                        config.download_tries(),
                        FIRST_PAUSE),
                Duration.ofDays(config.pack_days()),
                consent);
    }

    /** This one, less what {@code config} switches off: that much of it can be read, however wrong the rest is. */
    Policy atMost(Config config) {
        Policy less = new Policy(
                enabled && config.enabled(),
                probation,
                deadline,
                settle,
                errors,
                tries,
                settled,
                download,
                packLife,
                consent.atMost(config.download_automatic(), config.install_automatic()));
        return less.equals(this) ? this : less;
    }

    private static void require(String name, Duration value, long least, long most) {
        if (value.toSeconds() < least || value.toSeconds() > most) {
            throw new IllegalArgumentException(name + " is " + least + " to " + most + " seconds");
        }
    }

    @ObjectClassDefinition(localization = "OSGI-INF/l10n/update", name = "%name", description = "%description")
    @interface Config {

        @AttributeDefinition(name = "%enabled.name", description = "%enabled.description")
        boolean enabled() default true;

        @AttributeDefinition(
                name = "%probation.seconds.name",
                description = "%probation.seconds.description",
                min = "0",
                max = "86400")
        int probation_seconds() default 30;

        @AttributeDefinition(
                name = "%deadline.seconds.name",
                description = "%deadline.seconds.description",
                min = "1",
                max = "3600")
        int deadline_seconds() default 60;

        @AttributeDefinition(
                name = "%settle.seconds.name",
                description = "%settle.seconds.description",
                min = "1",
                max = "600")
        int settle_seconds() default 20;

        @AttributeDefinition(name = "%error.limit.name", description = "%error.limit.description", min = "0")
        int error_limit() default 3;

        @AttributeDefinition(name = "%tries.name", description = "%tries.description", min = "1", max = "10")
        int tries() default 2;

        @AttributeDefinition(
                name = "%settled.days.name",
                description = "%settled.days.description",
                min = "0",
                max = "365")
        int settled_days() default 7;

        @AttributeDefinition(
                name = "%download.bytes.per.second.name",
                description = "%download.bytes.per.second.description",
                min = "0")
        int download_bytes_per_second() default 0;

        @AttributeDefinition(
                name = "%download.least.bytes.per.second.name",
                description = "%download.least.bytes.per.second.description",
                min = "0")
        int download_least_bytes_per_second() default 512;

        @AttributeDefinition(
                name = "%download.stall.seconds.name",
                description = "%download.stall.seconds.description",
                min = "1",
                max = "3600")
        int download_stall_seconds() default 30;

        @AttributeDefinition(
                name = "%download.tries.name",
                description = "%download.tries.description",
                min = "1",
                max = "100")
        int download_tries() default 8;

        @AttributeDefinition(name = "%pack.days.name", description = "%pack.days.description", min = "1", max = "90")
        int pack_days() default 90;

        @AttributeDefinition(name = "%update.by.name", description = "%update.by.description")
        String[] update_by() default {Consent.CONSOLE, Consent.SITE};

        @AttributeDefinition(name = "%rollback.by.name", description = "%rollback.by.description")
        String[] rollback_by() default {Consent.CONSOLE, Consent.SITE};

        @AttributeDefinition(name = "%download.automatic.name", description = "%download.automatic.description")
        boolean download_automatic() default true;

        @AttributeDefinition(name = "%install.automatic.name", description = "%install.automatic.description")
        boolean install_automatic() default true;

        @AttributeDefinition(
                name = "%windows.name",
                description = "%windows.description",
                cardinality = Windows.MOST,
                required = false)
        String[] windows() default {};

        @AttributeDefinition(name = "%time.zone.name", description = "%time.zone.description")
        String time_zone() default "UTC";

        @AttributeDefinition(
                name = "%defer.hours.name",
                description = "%defer.hours.description",
                min = "0",
                max = "720")
        int defer_hours() default 24;
    }
}
