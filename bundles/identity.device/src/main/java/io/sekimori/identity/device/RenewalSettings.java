package io.sekimori.identity.device;

import io.sekimori.trust.Sha256;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * When the certificate is renewed: one immutable snapshot of the configuration.
 *
 * @param atPercent of the certificate's life, after which it is renewed
 * @param spreadPercent of its life, over which gateways spread, so that a fleet does not come as one
 * @param leastPause after a first failure
 * @param longestPause after any failure
 */
record RenewalSettings(int atPercent, int spreadPercent, Duration leastPause, Duration longestPause) {

    /** What can be configured. */
    @ObjectClassDefinition(
            localization = "OSGI-INF/l10n/identity",
            name = "%identity",
            description = "%identity.description")
    @interface Config {

        @AttributeDefinition(name = "%at", description = "%at.description", min = "10", max = "90")
        int renew_at_percent() default 66;

        @AttributeDefinition(name = "%spread", description = "%spread.description", min = "0", max = "9")
        int renew_spread_percent() default 6;

        @AttributeDefinition(name = "%least", description = "%least.description", min = "1", max = "3600")
        int pause_least_seconds() default 60;

        @AttributeDefinition(name = "%longest", description = "%longest.description", min = "1", max = "86400")
        int pause_longest_seconds() default 7_200;

        @AttributeDefinition(name = "%proxy", description = "%proxy.description", required = false)
        String proxy() default "";

        @AttributeDefinition(name = "%proxy.user", description = "%proxy.user.description", required = false)
        String proxy_user() default "";

        @AttributeDefinition(
                name = "%proxy.password",
                description = "%proxy.password.description",
                type = AttributeType.PASSWORD,
                required = false)
        String proxy_password() default "";
    }

    /** @throws IllegalArgumentException if a part is out of bounds */
    RenewalSettings {
        require("renew.at.percent", atPercent, 10, 90);
        require("renew.spread.percent", spreadPercent, 0, 9);
        require("pause.least.seconds", leastPause.toSeconds(), 1, 3_600);
        require("pause.longest.seconds", longestPause.toSeconds(), leastPause.toSeconds(), 86_400);
    }

    static RenewalSettings of(Config config) {
        return new RenewalSettings(
                config.renew_at_percent(),
                config.renew_spread_percent(),
                Duration.ofSeconds(config.pause_least_seconds()),
                Duration.ofSeconds(config.pause_longest_seconds()));
    }

    /** When this certificate is to be renewed: always the same for the same certificate. */
    Instant due(X509Certificate certificate) {
        Instant begin = certificate.getNotBefore().toInstant();
        Duration life = Duration.between(begin, certificate.getNotAfter().toInstant());
        long place = Long.parseLong(
                Sha256.hex(certificate.getSerialNumber().toByteArray()).substring(0, 4), 16); // 0 to 65535
        return begin.plus(life.multipliedBy(atPercent).dividedBy(100))
                .plus(life.multipliedBy(spreadPercent * place).dividedBy(100L << 16));
    }

    /** From when on somebody should know that it has not been renewed: half of the time that was left is gone. */
    Instant late(X509Certificate certificate) {
        Instant due = due(certificate);
        return due.plus(
                Duration.between(due, certificate.getNotAfter().toInstant()).dividedBy(2));
    }

    private static void require(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is not from " + least + " to " + most);
        }
    }
}
