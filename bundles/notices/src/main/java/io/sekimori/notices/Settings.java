package io.sekimori.notices;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Who is told of what: one immutable snapshot of the configuration {@value Config#PID}.
 *
 * @param enabled whether anybody is
 * @param kinds what they are told of
 * @param full with what it is about; else only that there is something
 * @param language of mails
 * @param collecting how long facts of a kind are collected before they are told together
 * @param expiry how long before its end metadata is told of
 * @param trust a PEM file with what vouches for servers; empty for Java's own
 */
record Settings(
        boolean enabled,
        Set<Kind> kinds,
        boolean full,
        Locale language,
        Duration collecting,
        Duration expiry,
        Mail mail,
        Hooks hooks,
        Topics topics,
        Optional<Path> trust) {

    private static final Pattern ADDRESS =
            Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?");
    private static final int MOST_RECIPIENTS = 50;

    /** How the connection to the mail server is protected. Stable names: add, never rename. */
    enum Security {
        /** Begins in the clear and goes on with TLS, or not at all (RFC 3207). */
        STARTTLS,
        /** TLS from the first byte (RFC 8314). */
        TLS,
        /** None, which is allowed to this machine alone, and without a password. */
        LOCAL
    }

    /** @param password of {@code user}, who is empty where nobody signs in */
    record Mail(
            String host,
            int port,
            Security security,
            String user,
            Optional<Path> password,
            String from,
            List<String> to) {

        Mail {
            to = List.copyOf(to);
            require(port >= 1 && port <= 65_535, "mail.port is 1 to 65535");
            require(
                    to.isEmpty() || !host.isEmpty() && ADDRESS.matcher(from).matches(),
                    "mail.host or mail.from is wrong");
            to.forEach(each -> require(ADDRESS.matcher(each).matches(), "not an address: " + each));
            require(user.isEmpty() == password.isEmpty(), "mail.user needs mail.password.file");
            require(
                    security != Security.LOCAL || user.isEmpty() && (to.isEmpty() || loopback(host)),
                    "LOCAL is for this machine and without a password");
        }
    }

    /** @param secret with which what is posted is signed */
    record Hooks(List<URI> addresses, Optional<Path> secret) {

        Hooks {
            addresses = List.copyOf(addresses);
            require(addresses.isEmpty() || secret.isPresent(), "webhook.urls need webhook.secret.file");
            addresses.forEach(each -> require(
                    "https".equals(each.getScheme()) && each.getHost() != null && each.getUserInfo() == null,
                    "not an https address: " + each));
        }
    }

    Settings {
        kinds = Set.copyOf(kinds);
        require(within(collecting, 60, 86_400), "collect.seconds is 60 to 86400");
        require(within(expiry, 0, 365L * 86_400), "expiry.days is 0 to 365");
        require(
                mail.to().size() + hooks.addresses().size() + topics.names().size() <= MOST_RECIPIENTS,
                "more than 50 recipients");
    }

    /** @throws IllegalArgumentException if a value makes no sense */
    static Settings of(Path unit, Config config) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        for (String kind : config.events()) {
            kinds.add(Kind.valueOf(kind.strip()));
            require(!kinds.contains(Kind.TEST), "TEST is no event");
        }
        require(config.content().equals("FULL") || config.content().equals("BRIEF"), "content is BRIEF or FULL");
        require(config.language().matches("en|ja"), "language is en or ja");
        return new Settings(
                config.enabled(),
                kinds,
                config.content().equals("FULL"),
                Locale.forLanguageTag(config.language()),
                Duration.ofSeconds(config.collect_seconds()),
                Duration.ofDays(config.expiry_days()),
                new Mail(
                        config.mail_host().strip(),
                        config.mail_port(),
                        Security.valueOf(config.mail_security()),
                        config.mail_user(),
                        file(unit, config.mail_password_file()),
                        config.mail_from().strip(),
                        given(config.mail_to())),
                new Hooks(
                        given(config.webhook_urls()).stream().map(URI::create).toList(),
                        file(unit, config.webhook_secret_file())),
                new Topics(
                        given(config.mqtt_broker()).stream().map(URI::create).findFirst(),
                        config.mqtt_user(),
                        file(unit, config.mqtt_password_file()),
                        given(config.mqtt_topics())),
                file(unit, config.root_certificate()));
    }

    /** Nobody. */
    static Settings silent() {
        return new Settings(
                false,
                Set.of(),
                false,
                Locale.ENGLISH,
                Duration.ofMinutes(1),
                Duration.ZERO,
                new Mail("", 587, Security.STARTTLS, "", Optional.empty(), "", List.of()),
                new Hooks(List.of(), Optional.empty()),
                Topics.none(),
                Optional.empty());
    }

    /** All who are told, {@code mail:ADDRESS}, {@code hook:URL} and {@code mqtt:TOPIC}. */
    List<String> recipients() {
        List<String> all = new ArrayList<>();
        mail.to().forEach(each -> all.add(Recipient.MAIL + ":" + each));
        hooks.addresses().forEach(each -> all.add(Recipient.HOOK + ":" + each));
        topics.names().forEach(each -> all.add(Recipient.MQTT + ":" + each));
        return all.stream().distinct().toList();
    }

    private static List<String> given(String... values) {
        return Stream.of(values)
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    private static Optional<Path> file(Path unit, String name) {
        return name.isBlank() ? Optional.empty() : Optional.of(unit.resolve(name.strip()));
    }

    private static boolean within(Duration value, long least, long most) {
        return value.toSeconds() >= least && value.toSeconds() <= most;
    }

    // As numbers or "localhost": what a name leads to may change.
    private static boolean loopback(String host) {
        try {
            return host.equals("localhost")
                    || host.matches("[0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*")
                            && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
