package io.sekimori.notices;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** What is configured of notices. Secrets are files of the unit: an assignment can be read by many. */
@ObjectClassDefinition(localization = "OSGI-INF/l10n/notices", name = "%name", description = "%description")
@interface Config {

    /** Where it is configured. */
    String PID = "io.sekimori.notices";

    @AttributeDefinition(name = "%enabled.name", description = "%enabled.description")
    boolean enabled() default false;

    @AttributeDefinition(name = "%events.name", description = "%events.description")
    String[] events() default {
        "UPDATE_AVAILABLE", "WAITS_FOR_PERSON", "ROLLOUT_STOPPED", "METADATA_EXPIRES", "ATTACK_REPORTED"
    };

    @AttributeDefinition(
            name = "%content.name",
            description = "%content.description",
            options = {@Option(value = "BRIEF", label = "BRIEF"), @Option(value = "FULL", label = "FULL")})
    String content() default "BRIEF";

    @AttributeDefinition(
            name = "%language.name",
            description = "%language.description",
            options = {@Option(value = "en", label = "English"), @Option(value = "ja", label = "日本語")})
    String language() default "en";

    @AttributeDefinition(
            name = "%collect.seconds.name",
            description = "%collect.seconds.description",
            min = "60",
            max = "86400")
    int collect_seconds() default 300;

    @AttributeDefinition(name = "%expiry.days.name", description = "%expiry.days.description", min = "0", max = "365")
    int expiry_days() default 14;

    @AttributeDefinition(name = "%mail.to.name", description = "%mail.to.description", required = false)
    String[] mail_to() default {};

    @AttributeDefinition(name = "%mail.from.name", description = "%mail.from.description", required = false)
    String mail_from() default "";

    @AttributeDefinition(name = "%mail.host.name", description = "%mail.host.description", required = false)
    String mail_host() default "";

    @AttributeDefinition(name = "%mail.port.name", description = "%mail.port.description", min = "1", max = "65535")
    int mail_port() default 587;

    @AttributeDefinition(
            name = "%mail.security.name",
            description = "%mail.security.description",
            options = {
                @Option(value = "STARTTLS", label = "STARTTLS"),
                @Option(value = "TLS", label = "TLS"),
                @Option(value = "LOCAL", label = "LOCAL")
            })
    String mail_security() default "STARTTLS";

    @AttributeDefinition(name = "%mail.user.name", description = "%mail.user.description", required = false)
    String mail_user() default "";

    @AttributeDefinition(
            name = "%mail.password.file.name",
            description = "%mail.password.file.description",
            required = false)
    String mail_password_file() default "";

    @AttributeDefinition(name = "%webhook.urls.name", description = "%webhook.urls.description", required = false)
    String[] webhook_urls() default {};

    @AttributeDefinition(
            name = "%webhook.secret.file.name",
            description = "%webhook.secret.file.description",
            required = false)
    String webhook_secret_file() default "";

    @AttributeDefinition(name = "%mqtt.broker.name", description = "%mqtt.broker.description", required = false)
    String mqtt_broker() default "";

    @AttributeDefinition(name = "%mqtt.topics.name", description = "%mqtt.topics.description", required = false)
    String[] mqtt_topics() default {};

    @AttributeDefinition(name = "%mqtt.user.name", description = "%mqtt.user.description", required = false)
    String mqtt_user() default "";

    @AttributeDefinition(
            name = "%mqtt.password.file.name",
            description = "%mqtt.password.file.description",
            required = false)
    String mqtt_password_file() default "";

    @AttributeDefinition(
            name = "%root.certificate.name",
            description = "%root.certificate.description",
            required = false)
    String root_certificate() default "";
}
