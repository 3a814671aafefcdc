package io.sekimori.access.people;

import io.sekimori.access.Session;
import java.time.Duration;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * How people are let in: one immutable snapshot of the configuration {@value #PID}.
 *
 * @param browserIdle after how long without use a browser's session ends
 * @param browserMost after how long it ends in any case
 * @param programIdle the same for a program
 * @param programMost the same for a program
 * @param oneTime how long a one-time password can be used
 * @param cost what hashing a password costs from now on
 */
record Policy(
        Duration browserIdle,
        Duration browserMost,
        Duration programIdle,
        Duration programMost,
        Duration oneTime,
        Argon2Hash.Cost cost) {

    static final String PID = "io.sekimori.access.people";

    static final Policy USUAL = new Policy(
            Duration.ofMinutes(30),
            Duration.ofHours(12),
            Duration.ofDays(7),
            Duration.ofDays(30),
            Duration.ofDays(7),
            Argon2Hash.Cost.USUAL);

    static Policy of(Config config) {
        return new Policy(
                Duration.ofMinutes(config.browser_idle_minutes()),
                Duration.ofHours(config.browser_hours()),
                Duration.ofDays(config.program_idle_days()),
                Duration.ofDays(config.program_days()),
                Duration.ofDays(config.one_time_days()),
                new Argon2Hash.Cost(config.memory_mib() << 10, config.passes()));
    }

    Duration idle(Session.Kind kind) {
        return kind == Session.Kind.BROWSER ? browserIdle : programIdle;
    }

    Duration most(Session.Kind kind) {
        return kind == Session.Kind.BROWSER ? browserMost : programMost;
    }

    @ObjectClassDefinition(name = "Sekimori access", description = "How long people stay signed in")
    @interface Config {

        @AttributeDefinition(
                name = "Browser idle",
                description = "Minutes without use after which a browser's session ends; 1 to 1440",
                min = "1",
                max = "1440")
        int browser_idle_minutes() default 30;

        @AttributeDefinition(
                name = "Browser longest",
                description = "Hours after which a browser's session ends; 1 to 168",
                min = "1",
                max = "168")
        int browser_hours() default 12;

        @AttributeDefinition(
                name = "Program idle",
                description = "Days without use after which a program's session ends; 1 to 90",
                min = "1",
                max = "90")
        int program_idle_days() default 7;

        @AttributeDefinition(
                name = "Program longest",
                description = "Days after which a program's session ends; 1 to 365",
                min = "1",
                max = "365")
        int program_days() default 30;

        @AttributeDefinition(
                name = "One-time password",
                description = "Days in which a one-time password can be used; 1 to 30",
                min = "1",
                max = "30")
        int one_time_days() default 7;

        @AttributeDefinition(
                name = "Memory",
                description = "MiB of heap that hashing one password takes, two at once; 19 to 256. Passwords that are"
                        + " set keep what they were hashed with",
                min = "19",
                max = "256")
        int memory_mib() default 64;

        @AttributeDefinition(
                name = "Passes",
                description = "How often hashing goes through its memory; 2 to 10",
                min = "2",
                max = "10")
        int passes() default 3;
    }
}
