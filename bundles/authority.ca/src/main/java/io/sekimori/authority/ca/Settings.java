package io.sekimori.authority.ca;

import io.sekimori.trust.Activation;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * What the operator decided, checked.
 *
 * @param place what every activation says, but for the gateway's id
 * @param rootSha256 the hash of the {@code root.json} of the gateways
 * @param consoleNames names in the console's own certificate
 * @param brokerNames names in the broker's
 * @param certificateLifetime how long a gateway's certificate counts, unless the authority's own ends before
 */
record Settings(
        Activation.Place place,
        String rootSha256,
        List<String> consoleNames,
        List<String> brokerNames,
        Duration certificateLifetime) {

    /** What can be configured. */
    @ObjectClassDefinition(localization = "OSGI-INF/l10n/authority", name = "%name", description = "%description")
    @interface Config {

        @AttributeDefinition(name = "%console.name", description = "%console.description")
        String console();

        @AttributeDefinition(name = "%broker.name", description = "%broker.description")
        String broker();

        @AttributeDefinition(name = "%account.name", description = "%account.description")
        String account() default "sekimori";

        @AttributeDefinition(name = "%root.name", description = "%root.description")
        String root_sha256();

        @AttributeDefinition(name = "%names.name", description = "%names.description")
        String[] names() default {};

        @AttributeDefinition(
                name = "%days.name",
                description = "%days.description",
                min = "" + LEAST_DAYS,
                max = "" + MOST_DAYS)
        int certificate_days() default 366;
    }

    // Renewal is due at two thirds and tried again for as long as it takes: a day is the least that leaves hours for
    // it.
    static final int LEAST_DAYS = 1;
    static final int MOST_DAYS = 1_826;

    // A gateway's id is known only when one is registered; the other parts are checked with this one.
    private static final String ANY_GATEWAY = "g-aaaaaaaaaaaa";

    /** @throws IllegalArgumentException if something is missing or malformed; the message names it */
    static Settings of(Config config) {
        Activation.Place place = new Activation.Place(
                ANY_GATEWAY, config.account(), URI.create(config.console()), URI.create(config.broker()));
        new Activation.Pins(config.root_sha256(), config.root_sha256()); // it is a hash, or refused
        int days = config.certificate_days();
        if (days < LEAST_DAYS || days > MOST_DAYS) {
            throw new IllegalArgumentException("certificate.days is " + LEAST_DAYS + " to " + MOST_DAYS);
        }
        return new Settings(
                place,
                config.root_sha256(),
                names(place.console(), config.names()),
                names(place.broker(), config.names()),
                Duration.ofDays(days));
    }

    /** How long a certificate made at {@code now} counts: nobody verifies one that outlives its issuer (RFC 5280 6.1). */
    Duration validFor(X509Certificate issuer, Instant now) {
        Duration left = Duration.between(now, issuer.getNotAfter().toInstant());
        return left.compareTo(certificateLifetime) < 0 ? left : certificateLifetime;
    }

    /** The same place for one gateway. */
    Activation.Place placeOf(String gatewayId) {
        return new Activation.Place(gatewayId, place.account(), place.console(), place.broker());
    }

    // Who sits at the machine itself uses the loopback addresses.
    private static List<String> names(URI address, String... more) {
        Set<String> names = new TreeSet<>();
        Stream.concat(Stream.of(address.getHost(), "localhost", "127.0.0.1"), Stream.of(more))
                .map(Names::normal)
                .forEach(names::add);
        return List.copyOf(names);
    }
}
